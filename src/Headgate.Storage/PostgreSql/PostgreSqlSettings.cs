using System.Globalization;
using Npgsql;

namespace Headgate.Storage.PostgreSql;

/// <summary>Completes what a URL says with what the store needs of its connections.</summary>
internal static class PostgreSqlSettings
{
    /// <summary>Connections beside those of the options, for commands that have their turn (<see cref="Store.WriteInTurnAsync"/>).</summary>
    public const int ConnectionsOfTurns = 1;

    public static string Complete(PostgreSqlUrl url, StoreOptions options)
    {
        NpgsqlConnectionStringBuilder parts = url.ToBuilder();
        parts.ApplicationName ??= "headgate";
        parts.MaxPoolSize = options.Connections + ConnectionsOfTurns;
        parts.Timeout = Seconds(options.ConnectTimeout);
        parts.CommandTimeout = Seconds(options.StatementTimeout);
        parts.MaxAutoPrepare = options.MaxPrepared;
        parts.AutoPrepareMinUsages = 2;
        parts.TcpKeepAlive = true;
        parts.Enlist = false;

        // What a transaction sets is its own and gone with it: nothing is left on a connection that would have to be put back, with a statement each time.
        parts.NoResetOnClose = true;

        // Whatever the server's defaults are: a commit waits for its disk, and nothing that this process left behind runs or locks for long.
        // Statements here are short: to compile one, or to start processes for it, takes the server longer than it runs. It believes otherwise of tables that are new to it.
        parts.Options = string.Create(CultureInfo.InvariantCulture, $"-c synchronous_commit=on -c jit=off -c statement_timeout={options.StatementTimeout.TotalMilliseconds:F0} ")
            + string.Create(CultureInfo.InvariantCulture, $"-c idle_in_transaction_session_timeout={options.IdleInTransactionTimeout.TotalMilliseconds:F0} -c max_parallel_workers_per_gather=0");
        return parts.ConnectionString;
    }

    private static int Seconds(TimeSpan time) => Math.Max(1, (int)time.TotalSeconds);
}
