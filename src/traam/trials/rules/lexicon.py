"""The words by which a first name, or a word of health, is suspected. Data only, all folded."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


FIRST_NAMES = _words(
    """
    aaliyah aaron abdel abdelkader abdoulaye abel achille adam adelaide adele adem adrien
    agathe agnes ahmed aicha aida alain alan alban albane alessio alex alexandra alexandre
    alexia alexis alice alicia aline alix alizee amandine amelie amin amina aminata amine amir
    amira anais anas anastasia andre andrea angele angelina angelique anissa anna anne annie
    anouk antoine antonin apolline ariane arnaud arthur arthus assia astrid aubin aude audrey
    auguste augustin aurelie aurelien aurore awa axel axelle aya aymeric ayoub aziz baptiste
    barbara bastien beatrice benedicte benjamin benoit berenice bernadette bernard bertrand
    bilal bintou boris brahim brandon brice brigitte bruno bryan calixte camelia camille
    candice capucine carine carla carole caroline cassandra catherine cecile cedric celeste
    celestine celia celine chaima chantal charlene charles charlie charline charlotte cheikh
    chloe christel christelle christian christiane christine christophe claire clara clarisse
    claude claudine clea clemence clement cleo clotilde colette coline come constantin coralie
    corentin corinne cyprien cyril cyrille damien daniel daniela danielle daphne david deborah
    delphine denis diane diego dimitri dina djibril dominique dorian dorothee dounia driss
    dylan edgar edith edouard edwige elena eleonore eliane elias eliot eliott elisa elisabeth
    elise eliza elodie eloise elouan elsa elyes emeline emilie emilien emma emmanuel
    emmanuelle emmy enora enzo eric erika erwan esteban estelle esther ethan etienne eugenie
    eva evan eve evelyne ewen fabien fabienne fabrice fadi fanny fanta farah farid fatima
    fatou fatoumata faustine felicie felix ferdinand fernand fiona flavie flavien flora
    florent florian floriane francis franck francois francoise frederic frederique gabin
    gabriel gabriela gabrielle gael gaelle gaetan garance gaspard gauthier gautier genevieve
    geoffrey georges gerald geraldine gerard gilbert gilles ginette gisele giulia gregoire
    gregory guilhem guillaume gustave guy habib hadrien hakim hamza hanna hannah haroun hassan
    helene heloise henri herve hippolyte hocine hugo hugues ibrahim ibtissem ilan ilham ilyas
    ilyes imane imene imran ines ingrid irene iris isaac isabelle isaline ismael issa ivan
    jacqueline jacques jade jalil jamel jamila janna jason jawad jean jeanne jennifer jeremie
    jeremy jerome jessica jessy joachim joanna joel joelle johan johanna jonas jonathan jordan
    joris jose josephine josette joshua josiane joyce juan judith jules julia julian juliana
    julie julien juliette justine kadiatou kais kamel karim karima karine kassandra katia
    kayla kelly kelyan kenza kevin khadija khalid khalil kilian killian kim kylian kyllian
    laetitia lamia lana lara laura laurane laure laureen laureline laurence laurene laurent
    laurine lea leandre leila leina lena leo leon leonard leonie leopold leopoldine leyla lia
    liam lila lilia lilian liliane lilou lilwenn lina linda lino lionel lisa lise livia loan
    logan loic lois lola lorenzo loris lou louane louann louis louisa louise louison luc luca
    lucas lucie lucien lucile lucille ludivine ludovic luka lukas luna lya lyam lydia lyna
    mael maelie maelle maelys maeva magali mahdi mahe mai maissa maiwenn malak malcolm malika
    malo malorie malory mamadou manel manon manuel marc marceau marcel margaux margot maria
    mariam mariama marianne marie marielle marilou marina marine mario marion marius marjorie
    marlene marouane marthe martine marwa maryam maryse mateo mathias mathieu mathilde mathis
    mathys matteo matthias matthieu maud maurice max maxence maxime maya mayeul mayline mayssa
    medhi mehdi melanie melina meline melissa meryem mia michael michel michele mickael mila
    milan milo mina mireille moana mohamed mohammed moise monique morgan morgane mouhamed
    mounir moussa murielle myriam nabil nadege nadia nadine nael naila naim naima nassim
    natacha natan nathalie nathan nathanael nawel nelly nesrine nicolas nicole nina nino ninon
    noa noah noam noe noelie noelle noemie nolan nolwenn nora norah nour oceane octave odette
    odile olivia olivier omar ophelie oscar oumar oumou ousmane pablo paola pascal pascale
    patrice patricia patrick paul paula paule pauline pedro perrine philippe pierre pierrick
    priscilla quentin rachel rachid rafael rafik raja ramzi rania raoul raphael raphaelle
    rayan rayane raymond rebecca redouane regine regis remi remy renaud rene ricardo richard
    rita robert robin rodolphe rodrigue roger rokia roland romain romane romeo romuald romy
    ronan rosalie roxane ruben ryad ryan sabine sabrina sacha safia said salim salima salma
    salome sam samia samir samira samuel samy sana sandra sandrine sara sarah sasha saskia
    sebastien selena selim selma serena serge severine shaima shana sharon sidonie siham simon
    simone sirine soen sofia sofiane solal solene solenn sonia sophie soraya soren souad
    souleymane stanislas stella stephane stephanie steven suzanne suzie swann sybille sylvain
    sylvaine sylvie tanguy tania tatiana teddy teo tess tessa thais thea thelma theo theodore
    theophile therese thiago thibaud thibault thibaut thierry thomas tiago tifenn tilio timeo
    timothe timothee titouan tom tristan ugo ulysse valentin valentine valerie vanessa vera
    veronique vianney victor victoria vincent violaine virgile virginie viviane wafa waleed
    walid wassim william willy wissem xavier yacine yael yanis yann yannick yannis yasmine
    yassine yoan yoann yohan yolande younes yousra youssef yvan yves yvette yvonne zacharie
    zakaria zara zeinab zelie zineb zoe zohra
    """
)
# Also common nouns, months, places or tools: a capital alone says nothing of them.
DOUBTFUL = _words(
    """
    aurore celeste charlie claude come dominique eve iris jade jordan luna max sacha sam
    victoria
    """
)
# Those after whom schools, theorems and prizes are called.
FAMOUS = _words(
    """
    arago aristote aubrac baudelaire beauvoir braille brassens camus cassin cezanne chatelet
    copernic corneille curie darwin daudet debussy descartes diderot doisneau dolto eiffel
    einstein eluard euclide ferry flaubert fontaine foucault freinet galilee galois gandhi
    gauss germain giono hugo jaures joliot kepler lavoisier lovelace malraux mandela matisse
    maupassant michelet moliere monet monnet montaigne montesquieu montessori moulin newton
    pascal pasteur perec pergaud perrault piaget picasso platon prevert proust pythagore
    rabelais racine rimbaud rodin rousseau sand sartre schuman simenon thales turing valery
    vallin veil verlaine verne villon vinci voltaire zay zola
    """
)
PLACES_BEFORE = _words(
    """
    academie algorithme arc auteur autrice boulevard cathedrale chanson college conte cours
    ecole eglise empereur experience equation espace fable festival film ile institut logiciel loi
    lycee maison methode mont musee oeuvre pape papier personnage philosophe piece place poeme poete
    port prix reine relation roi roman rue saint sainte salle station suite test theatre
    theoreme tour tragedie triangle universite ville
    """
)
# What someone does, just after their name.
SAYS = _words(
    """
    a aide ajoute appelle arrive avait bloque comprend confond corrige croit demande dessine
    dit ecrit est explique fait fabrique hesite lit leve montre ne n oublie parle pense pleure
    pose prend propose recommence refuse reformule repond reprend reste reussit s se semble
    sort termine travaille trouve utilise va veut verifie
    """
)
HEALTH = (
    r"dys(?:lexi|praxi|orthographi|calculi|phasi|graphi|lexiqu|praxiqu)\w*",
    r"\bdys\b",
    r"\btdah?\b|\btsa\b|\btdi\b|\btoc\b",
    r"\bautis\w+|\basperger\b|\btrisomi\w+",
    r"\bhandicap\w*",
    r"\bulis\b|\bpap\b|\bpps\b|\bpai\b|\baesh\b|\bavs\b|\bmdph\b|\brased\b|\bsessad\b|\bitep\b|\bime\b",
    r"\bmalad(?:e|es|ie|ies)\b|\bmalaise\b",
    r"\basthm\w+|\ballergi\w+|\bepilep\w+|\bdiabet\w+|\bmigraine\w*|\bcancer\w*|\bleucemi\w+",
    r"\bdepressi(?:f|ve|on)\w*|\banxi(?:eux|euse|ete)\w*|\bphobi\w+|\bangoiss\w+|\bsuicid\w+|\banorexi\w+",
    r"\bscarifi\w+|\bbipolaire\w*|\bschizo\w+|\btourette\b",
    r"\bhyperacti\w+|\bhypersensib\w+|\bbegu?e\w*|\bbegaie\w*|\bbegaiement\w*",
    r"\bsourd\w*|\bsurdite\b|\bmalentendant\w*|\baveugle\w*|\bmalvoyant\w*|\bdaltonien\w*",
    r"\bfauteuil roulant|\bappareil(?:s)? auditif|\bbequilles?\b|\bplatre\b",
    r"\borthophon\w+|\bpsychologue\w*|\bpsychiatr\w+|\bpsychomotric\w+|\bergotherap\w+|\binfirmi\w+",
    r"\bhospitali\w+|\bhopital\b|\bmedicament\w*|\britaline\b|\bmedecin\w*|\bordonnance medicale",
    r"\btroubles? (?:de l|du|des|d|autistique|anxieux|cognitif|moteur|specifique)\w*",
    r"\benceinte\b|\bcovid\b|\bfievre\b|\bvertiges?\b",
    r"\bcrise d(?:e|’|') ?(?:panique|angoisse|epilepsie)",
)
# The same words where they speak of a lesson, a tool, a place.
NOT_HEALTH = (
    r"enceintes? (?:bluetooth|connectee|audio|portable|sonore|acoustique|thermi|fermee)\w*",
    r"(?:une|l|deux|petite|mur d|murs d).{0,2}enceintes?\b",
    r"tests? (?:a l |en )?aveugle|en double aveugle|cartes? aveugle",
    r"consonne sourde|son sourd|bruit sourd",
    r"medecin (?:malgre lui|de campagne|volant)|malade imaginaire",
    r"(?:chapitre|cours|sequence|lecon|exposes?|documentaire|theme|unite|modelis\w+|programme|etude)\b.{0,40}",
    r"depression (?:atmospherique|barometrique|tropicale)|grande depression",
)
