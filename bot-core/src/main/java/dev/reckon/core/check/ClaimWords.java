package dev.reckon.core.check;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The words of a sentence that say something about numbers, in the languages that most people write
 * in, and those that say nothing.
 */
final class ClaimWords {
  /** What a word claims. */
  enum Claim {
    /** More than all others. */
    MOST,
    /** Less than all others. */
    LEAST,
    /** The number before it is more than the one after it. */
    MORE,
    LESS,
    /** A change to more. */
    UP,
    DOWN,
    NOT,
    /** What no rule here can check. */
    UNCHECKED
  }

  private static final Map<Claim, Set<String>> CLAIMS =
      Map.of(
          Claim.MOST,
          set(
              """
              highest largest biggest greatest most maximum max peak peaks tops leads leading longest heaviest
              höchste höchsten höchster höchstes größte größten größter größtes meiste meisten spitze maximal längste
              plus élevé élevée maximale plus_grand más mayor máximo máxima
              più maggiore massimo massima mais maior hoogste grootste meeste högst högsta störst mest højest højeste
              """),
          Claim.LEAST,
          set(
              """
              lowest smallest least fewest minimum min bottom shortest lightest
              niedrigste niedrigsten niedrigster kleinste kleinsten kleinster geringste geringsten wenigsten wenigste
              tiefste minimal kürzeste moins minimale menor mínimo mínima menos meno minore minimo minima
              laagste kleinste minste lägst lägsta minst lavest laveste
              """),
          Claim.MORE,
          set(
              """
              more higher larger bigger greater above over exceeds exceed exceeded exceeding ahead longer beats
              höher höhere mehr größer größere über übertrifft länger supérieur supérieure dépasse superior supera
              superiore meer hoger groter högre mer højere mere
              """),
          Claim.LESS,
          set(
              """
              less lower fewer smaller below under behind shorter
              niedriger weniger kleiner geringer unter kürzer inférieur inférieure inferior inferiore minder lager
              lägre mindre lavere
              """),
          Claim.UP,
          set(
              """
              rose rise rises rising risen increased increase increases increasing grew grow grows growing grown
              growth up gained gain gains climbed climbing jumped
              stieg stiegen steigt steigen gestiegen wuchs wächst gewachsen zugenommen anstieg zunahme
              augmenté augmente hausse aumentó aumenta subió creció aumentato steeg gestegen ökade steget
              """),
          Claim.DOWN,
          set(
              """
              fell fall falls falling fallen decreased decrease decreases decreasing declined decline declines
              declining dropped drop drops down lost loss losses shrank shrink shrinking sank
              sank sanken sinkt gesunken fiel fielen fällt gefallen abgenommen rückgang abnahme
              baissé baisse diminué diminue bajó cayó disminuyó diminuito calato daalde gedaald minskade faldt
              """),
          Claim.NOT,
          set(
              """
              no not none never nothing nobody without neither nor cannot zero isn't aren't wasn't weren't
              doesn't don't didn't hasn't haven't can't couldn't won't false
              nicht kein keine keinen keiner keines nie niemals ohne weder nichts niemand
              ne pas aucun aucune sans jamais ni non sin ningún ninguna ninguno nunca nada nessun nessuno nessuna
              senza não nenhum nenhuma sem niet geen zonder inte ingen inga ikke ingen
              """),
          Claim.UNCHECKED,
          set(
              """
              best worst earliest latest newest oldest youngest cheapest first second third last next previous
              only all every everyone everything always both same equal equals identical different twice half double
              triple tripled doubled halved nearly almost majority minority unchanged constant stable correlated
              because therefore causes caused unlike except
              beste besten schlechteste erste ersten letzte letzten nur alle alles immer beide gleich doppelt hälfte
              fast unverändert konstant erste älteste jüngste neueste
              meilleur pire premier première dernier dernière seul seulement tous toutes toujours deux double presque
              mejor peor primero primera último última solo sólo todos todas siempre ambos doble casi
              """));

  private static final Set<String> NEUTRAL =
      set(
          """
          the a an of in on at to for from with by and or is are was were be been has have had its it this that
          these those there as per each which who what how many much their your you i we they he she his her into
          within during among between came come comes stands amounts amount reaches than followed s
          der die das den dem des ein eine einen einem einer eines und oder ist sind war waren hat haben hatte
          hatten im in am an auf bei mit von vom zum zur zu für pro je es gibt sich als aus beträgt betrug liegt
          lag nach dieser diese dieses wurde wurden
          le la les l un une des du de d et ou est sont était étaient a ont avait dans en au aux pour par avec sur
          chaque il elle y ce cette ces s qui que se
          el los las una uno del y o es son fue fueron ha han había al con por para cada hay se su sus este esta
          estos estas
          """);

  /** Words for one measure. */
  private static final Map<String, Set<String>> SAME =
      bySame(
          set(
              "average averages averaged avg mean means durchschnitt durchschnittlich mittelwert"
                  + " mittel moyenne promedio schnitt"),
          set("total totals sum sums summe gesamt insgesamt somme suma"),
          set("count counts number anzahl nombre número num n"),
          set("median medians zentralwert médiane mediana"),
          set("percent percentage pct prozent share anteil"),
          set("maximum max"),
          set("minimum min"));

  private static final Set<String> ABOUT =
      set(
          "about around roughly approximately circa ca etwa rund ungefähr environ aproximadamente"
              + " unos");
  private static final Set<String> AND = set("and und et y e");
  private static final Set<String> FROM = set("from von vom de desde");
  private static final Set<String> TOWARDS = set("to auf zu à a hasta");
  private static final Set<String> CONTEXT =
      set("in for top during since of year quarter week month im für jahr en pour para année año");
  private static final Set<String> ASIDE =
      set(
          "row rows total totals sum overall used skipped count records all zeilen gesamt summe"
              + " insgesamt lignes filas");
  private static final Set<String> ENGLISH =
      set("the is are was were of and has have with than for from by");
  private static final Set<String> ENDINGS =
      Set.of("s", "es", "e", "en", "n", "ed", "d", "ing", "er");

  private ClaimWords() {}

  private static Set<String> set(String words) {
    return new HashSet<>(List.of(words.strip().split("\\s+", -1)));
  }

  @SafeVarargs
  private static Map<String, Set<String>> bySame(Set<String>... groups) {
    Map<String, Set<String>> same = new HashMap<>();
    for (Set<String> group : groups) {
      group.forEach(word -> same.put(word, group));
    }
    return same;
  }

  static Optional<Claim> claim(String word) {
    for (Map.Entry<Claim, Set<String>> entry : CLAIMS.entrySet()) {
      if (entry.getValue().contains(word)) {
        return Optional.of(entry.getKey());
      }
    }
    return Optional.empty();
  }

  static Set<Claim> claims(List<Sentence.Word> words) {
    Set<Claim> claims = EnumSet.noneOf(Claim.class);
    words.forEach(word -> claim(word.text()).ifPresent(claims::add));
    return claims;
  }

  /** All words that claim something, one of them twice when it is in two lists. */
  static Stream<String> claiming() {
    return CLAIMS.values().stream().flatMap(Set::stream);
  }

  static boolean isNeutral(String word) {
    return NEUTRAL.contains(word) || ABOUT.contains(word) || PrintedNumber.multiplies(word);
  }

  static boolean isEnglish(String word) {
    return ENGLISH.contains(word);
  }

  static boolean saysAbout(String word) {
    return ABOUT.contains(word);
  }

  static boolean joins(String word) {
    return AND.contains(word);
  }

  static boolean isFrom(String word) {
    return FROM.contains(word);
  }

  static boolean isTowards(String word) {
    return TOWARDS.contains(word);
  }

  /** Whether a number after that word may say which data the sentence is about. */
  static boolean opensContext(String word) {
    return CONTEXT.contains(word);
  }

  /** Whether a line with that word is about the rows and not one of them. */
  static boolean standsAside(String word) {
    return ASIDE.contains(word);
  }

  /** The word, its form without an ending, and other words for the same measure. */
  static Set<String> forms(String given) {
    String word = given.toLowerCase(Locale.ROOT);
    Set<String> forms = new HashSet<>();
    forms.add(word);
    forms.addAll(SAME.getOrDefault(word, Set.of()));
    for (String ending : ENDINGS) {
      if (word.endsWith(ending) && word.length() - ending.length() >= 3) {
        forms.add(word.substring(0, word.length() - ending.length()));
      }
    }
    if (word.endsWith("ies")) {
      forms.add(word.substring(0, word.length() - 3) + "y");
    }
    return forms;
  }
}
