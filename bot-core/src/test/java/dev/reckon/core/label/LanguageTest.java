package dev.reckon.core.label;

import static dev.reckon.core.message.Language.ARABIC;
import static dev.reckon.core.message.Language.CHINESE;
import static dev.reckon.core.message.Language.ENGLISH;
import static dev.reckon.core.message.Language.FRENCH;
import static dev.reckon.core.message.Language.GERMAN;
import static dev.reckon.core.message.Language.JAPANESE;
import static dev.reckon.core.message.Language.PORTUGUESE;
import static dev.reckon.core.message.Language.SPANISH;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.reckon.core.bounds.LinearWork;
import dev.reckon.core.message.Language;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LanguageTest {
  @Test
  void sizesAndDurationsHaveTheSignsOfTheLanguage() {
    assertEquals("48,2 KB", Amounts.size(48_200, GERMAN));
    assertEquals("48.2 KB", Amounts.size(48_200, CHINESE));
    assertEquals("96 bytes", Amounts.size(96, FRENCH));
    assertEquals("6,2 s", Amounts.duration(Duration.ofMillis(6200), PORTUGUESE));
    assertEquals("6.2 s", Amounts.duration(Duration.ofMillis(6200), ARABIC));
    assertEquals("380 ms", Amounts.duration(Duration.ofMillis(380), GERMAN));
  }

  /** Unlike anything that the lists were made from word by word: what people ask. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          en | What is the mean of 3, 5 and 13?
          en | total revenue by region, sorted
          en | Convert 5 miles to km
          en | one plus one
          en | first 2000 numbers plus prime gaps
          en | Le Mans winners sorted
          de | Was ist der Mittelwert von 3, 5 und 13?
          de | Umsatz pro Monat als Diagramm
          de | Wie viele Zeilen hat sales.csv?
          de | Rechne 17 Euro in Dollar um
          es | ¿Cuál es la media de 3, 5 y 13?
          es | ventas totales por mes
          es | Convierte 5 millas a kilómetros
          fr | Quelle est la moyenne de 3, 5 et 13 ?
          fr | chiffre d'affaires par mois
          fr | Combien de lignes y a-t-il dans sales.csv ?
          pt | Qual é a média de 3, 5 e 13?
          pt | vendas por mês em 2024
          pt | Quantos dias faltam para o Natal?
          id | Berapa rata-rata dari 3, 5 dan 13?
          id | jumlah penjualan per bulan
          ru | Какова средняя из 3, 5 и 13?
          zh | 3、5 和 13 的平均数是多少？
          ja | 3と5と13の平均はいくつですか
          ja | カレンダー
          hi | 3, 5 और 13 का औसत क्या है?
          bn | ৩, ৫ ও ১৩-এর গড় কত?
          ar | ما متوسط 3 و5 و13؟
          en | Qual è la media di 3, 5 e 13?
          en | Wat is het gemiddelde van 3, 5 en 13?
          en | میانگین ۳، ۵ و ۱۳ چیست؟
          en | Яке середнє з 3, 5 і 13? Скільки їх?
          en | Jaka jest średnia z 3, 5 i 13?
          en | Ποιος είναι ο μέσος όρος;
          """)
  void aRequestIsAnsweredInItsLanguage(String tag, String request) {
    assertEquals(tag, RequestLanguage.of(request, null, null).tag(), request);
    assertEquals(tag, RequestLanguage.of(request, null, "en-US").tag(), "the client is in English");
  }

  @Test
  void thePlatformsLocaleDecidesWhereTheTextDoesNot() {
    assertEquals(GERMAN, RequestLanguage.of("2**64", null, "de-DE"));
    assertEquals(JAPANESE, RequestLanguage.of("売上合計", null, "ja"));
    assertEquals(CHINESE, RequestLanguage.of("売上合計", null, "zh-CN"));
    assertEquals(ENGLISH, RequestLanguage.of("2**64", null, "xx"));
    assertEquals(ENGLISH, RequestLanguage.of("", null, null));
    assertEquals(ENGLISH, RequestLanguage.of("गणना", null, "mr"), "Marathi is no Hindi");
    assertEquals(PORTUGUESE, RequestLanguage.of("total por região", null, "pt-BR"));
    assertEquals(SPANISH, RequestLanguage.of("ahora solo 2024", FRENCH, "fr"));
    assertEquals(FRENCH, RequestLanguage.of("2024", FRENCH, "en"), "the conversation goes on");
  }

  @Test
  void namesAndCodeAreNoLanguage() {
    assertEquals(ENGLISH, RequestLanguage.of("rows of der_die_das.csv", null, null));
    assertEquals(ENGLISH, RequestLanguage.of("what is `und der die das`?", null, null));
    assertEquals(
        GERMAN, RequestLanguage.of("Zeilen in https://example.org/the/of/and", null, "de"));
  }

  @Test
  void marksOfDirectionChangeNothing() {
    assertEquals(ARABIC, RequestLanguage.of("\u202eما متوسط 3 و5\u202c", null, null));
    assertEquals(GERMAN, RequestLanguage.of("\u200fWas ist der Mittelwert\u2066", null, null));
  }

  @Test
  void workIsLinear() {
    LinearWork.check(
        "RequestLanguage",
        List.of("`", "`a ", "a.", "a_b.", "https://", "ñ", "und ", "都"),
        text -> RequestLanguage.of(text.toString(), null, null));
  }

  @ParameterizedTest
  @EnumSource(Language.class)
  void languagesAreNamedInAnyForm(Language language) {
    assertEquals(Optional.of(language), Language.named(language.tag()));
    assertEquals(Optional.of(language), Language.named(" " + language.own()));
    assertEquals(Optional.of(language), Language.named(language.name().toLowerCase(Locale.ROOT)));
    assertEquals(Optional.of(language), Language.of(language.tag() + "-XX"));
    assertEquals(language, Language.stored(language.tag()));
  }

  @Test
  void whatIsNotKnownIsEnglishOrNothing() {
    assertEquals(ENGLISH, Language.stored(null));
    assertEquals(ENGLISH, Language.stored("tlh"));
    assertEquals(Optional.empty(), Language.named("Klingon"));
    assertEquals(Optional.empty(), Language.of(null));
  }
}
