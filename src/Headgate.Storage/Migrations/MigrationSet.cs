namespace Headgate.Storage.Migrations;

/// <summary>The tables of one feature, as the steps that make them.</summary>
public sealed class MigrationSet
{
    /// <param name="feature">The feature's name, which never changes: <c>api-keys</c>.</param>
    /// <param name="migrations">Every step there ever was, in order.</param>
    /// <exception cref="ArgumentException">The versions are not 1, 2, 3, …</exception>
    public MigrationSet(string feature, params IReadOnlyList<Migration> migrations)
    {
        if (migrations.Where((migration, at) => migration.Version != at + 1).Any())
            throw new ArgumentException($"The migrations of {feature} are not numbered 1, 2, 3, …", nameof(migrations));
        (Feature, Migrations) = (feature, migrations);
    }

    /// <summary>The feature's name.</summary>
    public string Feature { get; }

    /// <summary>The steps in order.</summary>
    public IReadOnlyList<Migration> Migrations { get; }

    /// <summary>The set as one engine runs it.</summary>
    internal MigrationSet For(StoreEngine engine) => new(Feature, [.. Migrations.Select(migration => migration.For(engine))]);
}
