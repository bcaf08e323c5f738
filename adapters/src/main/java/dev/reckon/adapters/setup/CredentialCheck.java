package dev.reckon.adapters.setup;

/**
 * The result of checking a platform's credentials and settings, for {@code doctor} and the set-up
 * guides.
 *
 * @param good whether it would work
 * @param found what is so, in one line
 * @param advice what to do, or what more can be enabled; empty when there is nothing
 */
public record CredentialCheck(boolean good, String found, String advice) {
  /** All is well. */
  public static CredentialCheck good(String found) {
    return new CredentialCheck(true, found, "");
  }

  /** It works, and more can be enabled. */
  public static CredentialCheck good(String found, String advice) {
    return new CredentialCheck(true, found, advice);
  }

  /** Something is missing or wrong. */
  public static CredentialCheck wrong(String found, String advice) {
    return new CredentialCheck(false, found, advice);
  }

  /** Tells it in a dialogue. */
  public void tell(Dialogue with) {
    if (good) {
      with.good(found);
    } else {
      with.wrong(found, advice);
    }
  }
}
