package dev.hubferry.orchestrator.api.view;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A migration in a list. */
@Schema(oneOf = {MigrationView.class, NotOursView.class})
public sealed interface ListedView permits MigrationView, NotOursView {}
