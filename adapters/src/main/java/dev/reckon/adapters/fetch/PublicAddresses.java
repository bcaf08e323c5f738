package dev.reckon.adapters.fetch;

import java.net.Inet4Address;
import java.net.InetAddress;

/**
 * Tells addresses of the public internet from those of private networks, this machine, and special
 * purposes (IANA's special-purpose address registries). Pure.
 */
final class PublicAddresses {
  private PublicAddresses() {}

  /** Whether it is an address that anybody on the internet could mean. */
  static boolean contains(InetAddress address) {
    if (address.isAnyLocalAddress()
        || address.isLoopbackAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()
        || address.isMulticastAddress()) {
      return false;
    }
    byte[] bytes = address.getAddress();
    return address instanceof Inet4Address
        ? isPublic(bytes[0] & 0xff, bytes[1] & 0xff, bytes[2] & 0xff)
        : isPublic(bytes);
  }

  private static boolean isPublic(int first, int second, int third) {
    boolean reserved = first == 0 || first >= 224;
    boolean shared = first == 100 && second >= 64 && second < 128;
    boolean protocols = first == 192 && second == 0 && (third == 0 || third == 2);
    boolean benchmarks = first == 198 && (second == 18 || second == 19);
    boolean examples =
        (first == 198 && second == 51 && third == 100)
            || (first == 203 && second == 0 && third == 113);
    return !(reserved || shared || protocols || benchmarks || examples);
  }

  /** Only 2000::/3 is given to the internet, without what carries another address inside. */
  private static boolean isPublic(byte[] bytes) {
    int first = (bytes[0] & 0xff) << 8 | (bytes[1] & 0xff);
    int second = (bytes[2] & 0xff) << 8 | (bytes[3] & 0xff);
    boolean global = (first & 0xe000) == 0x2000;
    boolean teredoOrSpecial = first == 0x2001 && second < 0x0200;
    boolean examples = first == 0x2001 && second == 0x0db8;
    boolean sixToFour = first == 0x2002;
    return global && !teredoOrSpecial && !examples && !sixToFour;
  }
}
