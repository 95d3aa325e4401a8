package dev.hubferry.db;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;

@AnalyzeClasses(packages = "dev.hubferry.db", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule ROOMS = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("wiring")
            .definedBy("dev.hubferry.db")
            .layer("messaging")
            .definedBy("dev.hubferry.db.messaging..")
            .layer("domain")
            .definedBy("dev.hubferry.db.domain..")
            .layer("kubernetes")
            .definedBy("dev.hubferry.db.adapter.kubernetes..")
            .layer("sqlite")
            .definedBy("dev.hubferry.db.adapter.sqlite..")
            .layer("disk")
            .definedBy("dev.hubferry.db.adapter.disk..")
            .layer("config")
            .definedBy("dev.hubferry.db.config..")
            .whereLayer("messaging")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("kubernetes")
            .mayOnlyBeAccessedByLayers("wiring")
            .whereLayer("sqlite")
            .mayOnlyBeAccessedByLayers("wiring")
            .whereLayer("disk")
            .mayOnlyBeAccessedByLayers("wiring")
            .whereLayer("config")
            .mayOnlyBeAccessedByLayers("wiring")
            .whereLayer("domain")
            .mayOnlyBeAccessedByLayers("wiring", "messaging", "kubernetes", "sqlite", "disk");

    @ArchTest
    static final ArchRule THE_DOMAIN_IS_PLAIN_JAVA = ArchRuleDefinition.classes()
            .that()
            .resideInAPackage("dev.hubferry.db.domain..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "dev.hubferry.contracts..", "dev.hubferry.db.domain..", "org.jspecify..");

    @ArchTest
    static final ArchRule ONLY_THE_MESSAGING_ROOM_KNOWS_THE_KIT = ArchRuleDefinition.noClasses()
            .that()
            .resideOutsideOfPackage("dev.hubferry.db.messaging..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.hubferry.messaging..");

    @ArchTest
    static final ArchRule KUBERNETES_STAYS_IN_ITS_ADAPTER = ArchRuleDefinition.noClasses()
            .that()
            .resideOutsideOfPackage("dev.hubferry.db.adapter.kubernetes..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.fabric8..");

    @ArchTest
    static final ArchRule SQL_STAYS_IN_ITS_ADAPTER = ArchRuleDefinition.noClasses()
            .that()
            .resideOutsideOfPackage("dev.hubferry.db.adapter.sqlite..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "org.sqlite..");
}
