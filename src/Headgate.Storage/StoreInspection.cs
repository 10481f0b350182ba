using Headgate.Storage.Migrations;

namespace Headgate.Storage;

/// <summary>What a store is found to be, without changing it.</summary>
public sealed record StoreInspection
{
    /// <summary>Whether there is a database at all; a file that does not exist yet is made when the store is opened.</summary>
    public required bool Exists { get; init; }

    /// <summary>The engine and its version: <c>SQLite 3.40.1</c>.</summary>
    public required string Engine { get; init; }

    /// <summary>Bytes of the whole database.</summary>
    public required long SizeBytes { get; init; }

    /// <summary>Whether what is acknowledged survives a power cut: the server may be configured otherwise.</summary>
    public required bool Durable { get; init; }

    /// <summary>The migrations that ran, in the order of this program.</summary>
    public required IReadOnlyList<AppliedMigration> Applied { get; init; }

    /// <summary>The migrations that opening the store would run, as <c>feature/version name</c>.</summary>
    public required IReadOnlyList<string> Pending { get; init; }

    /// <summary>Why this program refuses the tables as they are; null when it does not.</summary>
    public required StoreProblem? Refusal { get; init; }
}
