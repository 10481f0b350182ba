using System.Security.Cryptography;
using System.Text;

namespace Headgate.Storage.Migrations;

/// <summary>One change of a feature's tables. What has been released is never edited: a correction is the next version.</summary>
/// <param name="Version">1 for the first of its feature, then without gaps.</param>
/// <param name="Name">What it does, for <c>headgate store status</c>: <c>create api keys</c>.</param>
/// <param name="Sql">Statements in the SQL of both engines, separated by semicolons, without parameters.</param>
public sealed record Migration(int Version, string Name, string Sql)
{
    /// <summary>The statements for PostgreSQL, where its tables cannot be those of SQLite; null when <see cref="Sql"/> is for both. What is read and written of them afterwards is in the SQL of both.</summary>
    public string? PostgreSql { get; init; }

    /// <summary>SHA-256 of the statements, without regard to line ends.</summary>
    internal string Checksum => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Sql.ReplaceLineEndings("\n"))));

    /// <summary>The migration as one engine runs it.</summary>
    internal Migration For(StoreEngine engine) => engine == StoreEngine.PostgreSql && PostgreSql is { } sql ? new Migration(Version, Name, sql) : this;
}
