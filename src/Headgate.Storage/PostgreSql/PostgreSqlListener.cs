using System.Data.Common;
using System.Runtime.CompilerServices;
using Npgsql;

namespace Headgate.Storage.PostgreSql;

/// <summary>Hears what is signalled through the database, each time on a connection of its own beside those of the store. Thread-safe.</summary>
/// <param name="settings">Those of every connection.</param>
/// <param name="place">The store.</param>
internal sealed class PostgreSqlListener(string settings, string place)
{
    // A server that went away without a word is found out by a question after so long.
    private static readonly TimeSpan s_longestSilence = TimeSpan.FromSeconds(15);

    /// <inheritdoc cref="Store.ListenAsync"/>
    public async IAsyncEnumerable<string> ListenAsync(string name, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(settings) { Pooling = false }.ConnectionString);
        await using (connection.ConfigureAwait(false))
        {
            var heard = new Queue<string>();
            connection.Notification += (_, signal) => heard.Enqueue(signal.Payload);
            await TryAsync(() => BeginAsync(connection, name, cancellationToken)).ConfigureAwait(false);
            while (true)
            {
                while (heard.TryDequeue(out string? text))
                    yield return text;
                await TryAsync(() => WaitAsync(connection, cancellationToken)).ConfigureAwait(false);
            }
        }
    }

    // The first word is its own: a pooler between may take LISTEN for done, and let no word through.
    private static async Task BeginAsync(NpgsqlConnection connection, string name, CancellationToken cancellationToken)
    {
        await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
        await ExecuteAsync(connection, $"LISTEN {name}", cancellationToken).ConfigureAwait(false);
        await ExecuteAsync(connection, $"NOTIFY {name}", cancellationToken).ConfigureAwait(false);
    }

    private static async Task WaitAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        if (!await connection.WaitAsync(s_longestSilence, cancellationToken).ConfigureAwait(false))
            await ExecuteAsync(connection, "SELECT 1", cancellationToken).ConfigureAwait(false);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task TryAsync(Func<Task> step)
    {
        try
        {
            await step().ConfigureAwait(false);
        }
        catch (DbException exception)
        {
            throw PostgreSqlErrors.ExplainConnecting(exception, place);
        }
    }
}
