using Headgate.Storage;

namespace Headgate.Integration.Operations;

/// <summary>The SQL of operations as those write it who carry them out, the same on both engines. Stateless, thread-safe.</summary>
internal static class OperationTable
{
    /// <summary>What a list has of an operation.</summary>
    public const string ListColumns =
        "id, kind, name, api, tenant, owner, state, attention, resolution, progress, message, stage, estimated, created, updated, ended, deadline, cancel_requested, version, correlation, traceparent, " +
        "error_code, error_detail, worker, epoch, takeovers, failures";

    /// <summary>All of an operation.</summary>
    public const string Columns = ListColumns + ", data, result_status, result_type, result_body";

    private const int DataColumn = 27;

    /// <summary>The statement that inserts an operation.</summary>
    public static StoreStatement InsertOf(OperationRecord record) => new(
        """
        INSERT INTO headgate_operations (id, kind, name, api, tenant, owner, state, progress, message, stage, estimated, created, updated, deadline, version, correlation, traceparent, worker, epoch, takeovers, failures, data)
        VALUES ($1, $2, $3, $4, $5, $6, $7, 0, $8, $9, $10, $11, $11, $12, $13, $14, $15, $16, 1, 0, 0, $17)
        """,
        record.Id, record.Kind, record.Name, record.Api, record.Tenant ?? "", record.Owner, record.Kept.ToName(), record.Message, record.Stage, record.EstimatedCompletion, record.CreatedAt,
        record.Deadline, record.Version, record.CorrelationId, record.TraceParent, record.Worker, record.Data);

    /// <summary>The statement that keeps how far an operation is, which goes on, if it is still whose it was.</summary>
    public static StoreStatement SaveOf(OperationRecord record) => new(
        """
        UPDATE headgate_operations SET progress = $1, message = $2, stage = $3, estimated = $4, updated = $5, data = $6, takeovers = 0
        WHERE id = $7 AND worker = $8 AND epoch = $9 AND ended IS NULL
        """,
        record.Progress, record.Message, record.Stage, record.EstimatedCompletion, record.UpdatedAt, record.Data, record.Id, record.Worker, record.Epoch);

    /// <summary>The statement that keeps the end of an operation, if it is still whose it was.</summary>
    public static StoreStatement EndOf(OperationRecord record) => new(
        """
        UPDATE headgate_operations SET state = $1, attention = $2, progress = $3, message = $4, stage = $5, estimated = $6, updated = $7, ended = $7, error_code = $8, error_detail = $9,
            data = $10, result_status = $11, result_type = $12, result_body = $13
        WHERE id = $14 AND worker = $15 AND epoch = $16 AND ended IS NULL
        """,
        record.Kept.ToName(), record.Attention, record.Progress, record.Message, record.Stage, record.EstimatedCompletion, record.UpdatedAt, record.Error?.Code, record.Error?.Detail,
        record.Data, record.Result?.Status, record.Result?.MediaType, record.Result?.Body, record.Id, record.Worker, record.Epoch);

    /// <summary>Counts a failure of the kind.</summary>
    /// <returns>Whether it is still whose it was.</returns>
    public static async ValueTask<bool> CountFailureAsync(StoreSession session, OperationRecord record) => await session.ExecuteAsync(
        "UPDATE headgate_operations SET failures = failures + 1 WHERE id = $1 AND worker = $2 AND epoch = $3 AND ended IS NULL", record.Id, record.Worker, record.Epoch).ConfigureAwait(false) == 1;

    /// <summary>An operation as who has it has left it; null when another has it by now.</summary>
    public static ValueTask<OperationRecord?> FindOwnAsync(StoreSession session, OperationRecord record) => session.FindAsync(
        $"SELECT {Columns} FROM headgate_operations WHERE id = $1 AND worker = $2 AND epoch = $3", ReadAll, record.Id, record.Worker, record.Epoch);

    /// <summary>An operation by its id, or null.</summary>
    public static ValueTask<OperationRecord?> FindAsync(StoreSession session, string id) => session.FindAsync($"SELECT {Columns} FROM headgate_operations WHERE id = $1", ReadAll, id);

    /// <summary>Asks for the end of an operation.</summary>
    /// <returns>It, when it has not ended and nobody asked before; null otherwise.</returns>
    public static ValueTask<OperationRecord?> CancelAsync(StoreSession session, string id, DateTimeOffset now) => session.FindAsync(
        $"UPDATE headgate_operations SET cancel_requested = $2, updated = $2 WHERE id = $1 AND ended IS NULL AND cancel_requested IS NULL RETURNING {Columns}", ReadAll, id, now);

    /// <summary>Has an operation that needs attention wait for somebody to go on with it.</summary>
    /// <returns>It; null when it needs none, or is not there.</returns>
    public static ValueTask<OperationRecord?> RetryAsync(StoreSession session, string id, DateTimeOffset now) => session.FindAsync(
        $"""
        UPDATE headgate_operations SET state = 'pending', attention = NULL, ended = NULL, updated = $2, error_code = NULL, error_detail = NULL, worker = '', epoch = epoch + 1, takeovers = 0, failures = 0
        WHERE id = $1 AND attention IS NOT NULL RETURNING {Columns}
        """,
        ReadAll, id, now);

    /// <summary>Notes what was done about an operation that needs attention; it stays failed.</summary>
    /// <returns>It; null when it needs none, or is not there.</returns>
    public static ValueTask<OperationRecord?> ResolveAsync(StoreSession session, string id, string note, byte[] data, DateTimeOffset now) => session.FindAsync(
        $"UPDATE headgate_operations SET attention = NULL, resolution = $2, ended = $3, updated = $3, data = $4 WHERE id = $1 AND attention IS NOT NULL RETURNING {Columns}", ReadAll, id, note, now, data);

    /// <summary>Reads a row of <see cref="ListColumns"/>.</summary>
    public static OperationRecord Read(StoreRow row) => new()
    {
        Id = row.GetString(0),
        Kind = row.GetString(1),
        Name = row.GetString(2),
        Api = row.GetString(3),
        Tenant = row.GetString(4) is { Length: > 0 } tenant ? tenant : null,
        Owner = row.GetStringOrNull(5),
        Kept = OperationStates.Parse(row.GetString(6)),
        Attention = row.GetStringOrNull(7),
        Resolution = row.GetStringOrNull(8),
        Progress = row.GetInt32(9),
        Message = row.GetStringOrNull(10),
        Stage = row.GetStringOrNull(11),
        EstimatedCompletion = row.GetTimeOrNull(12),
        CreatedAt = row.GetTime(13),
        UpdatedAt = row.GetTime(14),
        EndedAt = row.GetTimeOrNull(15),
        Deadline = row.GetTimeOrNull(16),
        CancelRequested = row.GetTimeOrNull(17),
        Version = row.GetString(18),
        CorrelationId = row.GetStringOrNull(19),
        TraceParent = row.GetStringOrNull(20),
        Error = row.GetStringOrNull(21) is { } code ? new OperationError(code, row.GetString(22)) : null,
        Worker = row.GetString(23),
        Epoch = row.GetInt64(24),
        Takeovers = row.GetInt32(25),
        Failures = row.GetInt32(26),
    };

    /// <summary>Reads a row of <see cref="Columns"/>.</summary>
    public static OperationRecord ReadAll(StoreRow row) => Read(row) with
    {
        Data = row.GetBytes(DataColumn),
        Result = row.GetInt64OrNull(DataColumn + 1) is { } status ? new OperationResult((int)status, row.GetStringOrNull(DataColumn + 2), row.GetBytes(DataColumn + 3)) : null,
    };
}
