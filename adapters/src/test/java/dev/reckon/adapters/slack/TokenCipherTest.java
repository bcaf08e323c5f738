package dev.reckon.adapters.slack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.adapters.slack.TokenCipher.UnreadableException;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tokens in the store. */
class TokenCipherTest {
  private static final String OLD = Base64.getEncoder().encodeToString(new byte[32]);
  private static final String NEW = "q".repeat(42) + "w=";

  private final TokenCipher cipher = new TokenCipher(List.of(OLD));

  @Test
  void onlyTheSameInstallationAndKeyDecrypt() throws Exception {
    String sealed = cipher.encrypt("slack/T1", "xoxb-1");
    assertFalse(sealed.contains("xoxb"));
    assertEquals("xoxb-1", cipher.decrypt("slack/T1", sealed));
    assertNotEquals(sealed, cipher.encrypt("slack/T1", "xoxb-1"));
    assertThrows(UnreadableException.class, () -> cipher.decrypt("slack/T2", sealed));
    TokenCipher other = new TokenCipher(List.of(NEW));
    assertThrows(UnreadableException.class, () -> other.decrypt("slack/T1", sealed));
  }

  @Test
  void whatSomebodyChangedIsRefused() {
    String sealed = cipher.encrypt("slack/T1", "xoxb-1");
    for (String changed :
        List.of("", "1.", "1.AAAA", "2." + sealed.substring(2), sealed.substring(0, 40), "1.!")) {
      assertThrows(UnreadableException.class, () -> cipher.decrypt("slack/T1", changed), changed);
    }
    byte[] bytes = Base64.getDecoder().decode(sealed.substring(2));
    for (int i = 0; i < bytes.length; i++) {
      byte[] flipped = bytes.clone();
      flipped[i] ^= 1;
      String text = "1." + Base64.getEncoder().encodeToString(flipped);
      assertThrows(UnreadableException.class, () -> cipher.decrypt("slack/T1", text));
    }
  }

  @Test
  void anOlderKeyDecryptsUntilItIsTakenOut() throws Exception {
    String sealed = cipher.encrypt("slack/T1", "xoxb-1");
    TokenCipher both = new TokenCipher(List.of(NEW, OLD));
    assertEquals("xoxb-1", both.decrypt("slack/T1", sealed));
    String again = both.encrypt("slack/T1", "xoxb-1");
    assertEquals("xoxb-1", new TokenCipher(List.of(NEW)).decrypt("slack/T1", again));
  }

  @Test
  void aKeyThatIsNoneSaysHowToMakeOne() {
    for (String key : List.of("", "secret", "AAAA", NEW.substring(1))) {
      IllegalArgumentException e =
          assertThrows(IllegalArgumentException.class, () -> TokenCipher.check(List.of(key)));
      assertTrue(String.valueOf(e.getMessage()).contains("openssl rand -base64 32"));
    }
    assertThrows(IllegalArgumentException.class, () -> TokenCipher.check(List.of()));
  }
}
