using Npgsql;

namespace Headgate.Storage.PostgreSql;

/// <summary>The statements of scripts as one message to the server, which answers them all at once.</summary>
internal sealed class ScriptBatch(IReadOnlyList<StoreScript> scripts, NpgsqlConnection connection)
{
    /// <summary>Runs them in the connection's transaction.</summary>
    /// <returns>The scripts that found no row to change.</returns>
    /// <exception cref="NpgsqlException">The server refused one, or the connection broke.</exception>
    public async Task<IReadOnlyList<StoreScript>> RunAsync(CancellationToken cancellationToken)
    {
        NpgsqlBatch batch = connection.CreateBatch();
        await using (batch.ConfigureAwait(false))
        {
            foreach (StoreStatement statement in scripts.SelectMany(script => script.Statements))
                batch.BatchCommands.Add(Command(statement));
            await batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            return Refused(batch);
        }
    }

    private List<StoreScript> Refused(NpgsqlBatch batch)
    {
        var refused = new List<StoreScript>();
        int at = 0;
        foreach (StoreScript script in scripts)
        {
            bool isRefused = false;
            for (int i = 0; i < script.Statements.Count; i++)
                isRefused |= batch.BatchCommands[at++].RecordsAffected == 0;
            if (isRefused)
                refused.Add(script);
        }

        return refused;
    }

    private static NpgsqlBatchCommand Command(StoreStatement statement)
    {
        var command = new NpgsqlBatchCommand(statement.Sql);
        PostgreSqlValues.AddTo(command.Parameters, statement.Values);
        return command;
    }
}
