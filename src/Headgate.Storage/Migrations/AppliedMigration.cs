namespace Headgate.Storage.Migrations;

/// <summary>A migration that ran on a store.</summary>
/// <param name="Feature">The feature whose tables it changed.</param>
/// <param name="Version">Its number in the feature.</param>
/// <param name="Name">What it did.</param>
/// <param name="AppliedAt">When.</param>
public sealed record AppliedMigration(string Feature, int Version, string Name, DateTimeOffset AppliedAt);
