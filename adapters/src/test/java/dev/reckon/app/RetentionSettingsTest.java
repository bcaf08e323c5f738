package dev.reckon.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.adapters.config.Configuration;
import dev.reckon.adapters.config.ConfigurationException;
import dev.reckon.core.store.Privacy.Retention;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RetentionSettingsTest {
  @Test
  void eachKeySaysHowManyDaysOneThingIsKept() throws Exception {
    Configuration configuration =
        read(
            "retention.conversations_days=1",
            "retention.files_days=2",
            "retention.outputs_days=3",
            "retention.audit_days=40");
    assertEquals(
        new Retention(
            Duration.ofDays(1), Duration.ofDays(2), Duration.ofDays(3), Duration.ofDays(40)),
        RetentionSettings.from(configuration));
    configuration.check();
  }

  @Test
  void auditLinesThatABudgetCountsCannotGo() throws Exception {
    Configuration configuration = read("retention.audit_days=31");
    RetentionSettings.from(configuration);
    ConfigurationException problem =
        assertThrows(ConfigurationException.class, configuration::check);
    assertTrue(problem.toString().contains("retention.audit_days"), problem::toString);
  }

  private static Configuration read(String... words) throws ConfigurationException {
    return Configuration.read(Optional.empty(), List.of(words), name -> null);
  }
}
