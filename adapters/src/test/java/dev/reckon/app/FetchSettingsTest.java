package dev.reckon.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.adapters.config.Configuration;
import dev.reckon.adapters.config.ConfigurationException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FetchSettingsTest {
  @Test
  void namesAreListedWithOrWithoutAPort() throws Exception {
    Configuration configuration =
        read("[\"data.example\", \"*.open.example:8443\", \"1.data.example\"]");
    assertEquals(
        List.of("data.example", "*.open.example:8443", "1.data.example"),
        FetchSettings.from(configuration).hosts());
    configuration.check();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.0.0.5",
        "10.0.0.5:8443",
        "*.0.0.5",
        "127.1",
        "localhost",
        "https://data.example",
        "data.example:0",
        "data.example:70000",
        "data.example:"
      })
  void whatIsNoNameIsAProblem(String host) throws Exception {
    Configuration configuration = read("[\"" + host + "\"]");
    FetchSettings.from(configuration);
    ConfigurationException problem =
        assertThrows(ConfigurationException.class, configuration::check);
    assertTrue(problem.toString().contains("fetch.hosts"), problem::toString);
  }

  @ParameterizedTest
  @ValueSource(strings = {"proxy.example", "http://proxy.example:3128", "proxy.example:0", ":3128"})
  void aProxyNeedsAHostAndAPort(String proxy) throws Exception {
    Configuration configuration =
        Configuration.read(Optional.empty(), List.of("fetch.proxy=" + proxy), name -> null);
    FetchSettings.from(configuration);
    ConfigurationException problem =
        assertThrows(ConfigurationException.class, configuration::check);
    assertTrue(problem.toString().contains("proxy.example.org:3128"), problem::toString);
  }

  private static Configuration read(String hosts) throws ConfigurationException {
    return Configuration.read(Optional.empty(), List.of("fetch.hosts=" + hosts), name -> null);
  }
}
