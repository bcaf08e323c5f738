package dev.reckon.sandbox.remote;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Reads certificates and keys as PEM files, the form in which most tools write them. */
final class PemFiles {
  private static final Pattern KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
  private static final List<String> ALGORITHMS = List.of("EC", "RSA", "Ed25519");
  private static final char[] NO_PASSWORD = new char[0];

  private PemFiles() {}

  /**
   * What encrypts connections.
   *
   * @param certificate this side's certificate, with those that lead to its issuer
   * @param key of the certificate, PKCS #8 without a password
   * @param ca the issuers that the other side's certificate may have; empty means the JDK's
   * @throws IOException when a file cannot be read or holds something else; the message names it
   */
  static SSLContext context(Optional<Path> certificate, Optional<Path> key, Optional<Path> ca)
      throws IOException {
    try {
      KeyManager @Nullable [] own =
          certificate.isPresent() && key.isPresent() ? own(certificate.get(), key.get()) : null;
      TrustManager @Nullable [] trusted = ca.isPresent() ? trusted(ca.get()) : null;
      SSLContext context = SSLContext.getInstance("TLSv1.3");
      context.init(own, trusted, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException("TLS cannot be set up: " + e.getMessage(), e);
    }
  }

  private static KeyManager[] own(Path certificate, Path key)
      throws IOException, GeneralSecurityException {
    KeyStore store = empty();
    Certificate[] chain = certificates(certificate).toArray(Certificate[]::new);
    PrivateKey secret = key(key);
    if (!belong(secret, chain[0])) {
      throw new IOException(key + " is not the key of the certificate in " + certificate);
    }
    store.setKeyEntry("own", secret, NO_PASSWORD, chain);
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, NO_PASSWORD);
    return factory.getKeyManagers();
  }

  /** Whether what one signs, the other confirms; a key store takes any two. */
  private static boolean belong(PrivateKey key, Certificate certificate)
      throws GeneralSecurityException {
    String algorithm =
        switch (key.getAlgorithm()) {
          case "EC" -> "SHA256withECDSA";
          case "RSA" -> "SHA256withRSA";
          default -> "Ed25519";
        };
    try {
      Signature signing = Signature.getInstance(algorithm);
      signing.initSign(key);
      signing.update((byte) 1);
      Signature checking = Signature.getInstance(algorithm);
      checking.initVerify(certificate.getPublicKey());
      checking.update((byte) 1);
      return checking.verify(signing.sign());
    } catch (InvalidKeyException e) {
      return false;
    }
  }

  private static TrustManager[] trusted(Path ca) throws IOException, GeneralSecurityException {
    KeyStore store = empty();
    int number = 0;
    for (Certificate each : certificates(ca)) {
      store.setCertificateEntry("ca" + number++, each);
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }

  private static KeyStore empty() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, NO_PASSWORD);
    return store;
  }

  private static List<Certificate> certificates(Path file)
      throws IOException, GeneralSecurityException {
    byte[] pem = bytes(file);
    try {
      List<Certificate> found =
          List.copyOf(
              CertificateFactory.getInstance("X.509")
                  .generateCertificates(new ByteArrayInputStream(pem)));
      if (!found.isEmpty()) {
        return found;
      }
    } catch (CertificateException e) {
      throw new IOException(file + " holds no certificate in PEM form", e);
    }
    throw new IOException(file + " holds no certificate in PEM form");
  }

  private static PrivateKey key(Path file) throws IOException, GeneralSecurityException {
    Matcher found = KEY.matcher(new String(bytes(file), StandardCharsets.US_ASCII));
    if (!found.find()) {
      throw new IOException(
          file
              + " holds no key in PKCS #8 form without a password; convert it: openssl pkcs8 -topk8"
              + " -nocrypt -in "
              + file.getFileName());
    }
    byte[] encoded = Base64.getMimeDecoder().decode(found.group(1));
    for (String algorithm : ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
      } catch (InvalidKeySpecException e) {
        // It is of another kind.
      }
    }
    throw new IOException(file + " holds a key that is neither EC, RSA nor Ed25519");
  }

  private static byte[] bytes(Path file) throws IOException {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new IOException(file + " cannot be read", e);
    }
  }
}
