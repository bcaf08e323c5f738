package dev.reckon.app;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Imports run one way: adapters to core to the sandbox's port. Only the app sees every room. */
@AnalyzeClasses(packages = "dev.reckon", importOptions = ImportOption.DoNotIncludeTests.class)
class ImportDirectionsTest {
  @ArchTest
  static final ArchRule core_sees_the_sandbox_only_by_its_port =
      noClasses()
          .that()
          .resideInAPackage("dev.reckon.core..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.reckon.adapters..",
              "dev.reckon.app..",
              "dev.reckon.sandbox.pool..",
              "dev.reckon.sandbox.process..",
              "dev.reckon.sandbox.remote..",
              "dev.reckon.sandbox.run..",
              "dev.reckon.sandbox.wire..",
              "dev.reckon.sandbox.worker..",
              "dev.reckon.sandbox.kernel..");

  @ArchTest
  static final ArchRule the_sandbox_knows_nobody_else =
      noClasses()
          .that()
          .resideInAPackage("dev.reckon.sandbox..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.reckon.adapters..", "dev.reckon.app..", "dev.reckon.core..");

  @ArchTest
  static final ArchRule only_the_app_sees_pool_and_database =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "dev.reckon.app..",
              "dev.reckon.sandbox..",
              "dev.reckon.files.child..",
              "dev.reckon.core.store.jdbi..")
          .and()
          .doNotHaveFullyQualifiedName("dev.reckon.adapters.files.ReadingDecoder")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.reckon.sandbox.pool..",
              "dev.reckon.sandbox.process..",
              "dev.reckon.sandbox.remote..",
              "dev.reckon.sandbox.run..",
              "dev.reckon.sandbox.wire..",
              "dev.reckon.sandbox.kernel..",
              "dev.reckon.core.store.jdbi..");

  @ArchTest
  static final ArchRule nobody_but_the_child_sees_the_worker =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.reckon.sandbox.worker..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.reckon.sandbox.worker..", "org.graalvm..");

  @ArchTest
  static final ArchRule the_worker_sees_port_and_wire_only =
      noClasses()
          .that()
          .resideInAPackage("dev.reckon.sandbox.worker..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.reckon.sandbox.pool..",
              "dev.reckon.sandbox.process..",
              "dev.reckon.sandbox.remote..",
              "dev.reckon.sandbox.run..");

  @ArchTest
  static final ArchRule the_file_parsers_know_nobody_else =
      noClasses()
          .that()
          .resideInAPackage("dev.reckon.files..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.reckon.adapters..", "dev.reckon.app..", "dev.reckon.core..");

  @ArchTest
  static final ArchRule packages_form_no_cycle =
      slices().matching("dev.reckon.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule hostile_bytes_are_parsed_by_the_child_only =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.reckon.files..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.reckon.files..");

  @ArchTest
  static final ArchRule the_state_machine_does_no_io =
      noClasses()
          .that()
          .resideInAPackage("dev.reckon.core.turn")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.reckon.core.turn.effect..",
              "java.io..",
              "java.nio.file..",
              "java.net..",
              "java.sql..",
              "java.util.concurrent..",
              "dev.reckon.core.delivery..",
              "dev.reckon.core.store..");

  @ArchTest
  static final ArchRule plain_messages_depend_on_nothing_of_ours =
      classes()
          .that()
          .resideInAPackage("dev.reckon.core.message..")
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage("dev.reckon.core.message..")
                  .or(not(resideInAPackage("dev.reckon.."))));

  @ArchTest
  static final ArchRule surfaces_never_import_each_other =
      slices()
          .matching("dev.reckon.adapters.(slack|telegram|cli|llm|web)..")
          .should()
          .notDependOnEachOther();

  @ArchTest
  static final ArchRule only_main_sees_the_app =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.reckon.app..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.reckon.app..");
}
