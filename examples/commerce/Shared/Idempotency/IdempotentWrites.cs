using System.Collections.Concurrent;
using Commerce.Shared.Data;
using Commerce.Shared.Web;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Commerce.Shared.Idempotency;

/// <summary>
/// Makes writes repeatable under an <c>Idempotency-Key</c>. Key, work and answer are committed together, so that a repeated
/// request finds all of it or nothing. Requests without a key run the same way and leave no record.
/// </summary>
internal sealed class IdempotentWrites(Database database, ErrorAnswers errors, TimeProvider clock)
{
    private readonly ConcurrentDictionary<IdempotencyScope, byte> _running = new();

    /// <summary>Runs <paramref name="work"/> in one transaction with its key.</summary>
    public Task<Answer> RunAsync(ServiceRequest request, Func<SqliteConnection, Answer> work)
    {
        var scope = IdempotencyScope.Of(request);
        return scope is null
            ? database.WriteAsync(work, request.Aborted)
            : database.WriteAsync(connection => RunOnce(connection, scope, request, work), request.Aborted);
    }

    /// <summary>
    /// As <see cref="RunAsync(ServiceRequest, Func{SqliteConnection, Answer})"/>, for work that must first ask other services
    /// something. <paramref name="prepare"/> has no effects; its definite refusals are kept like any other answer.
    /// </summary>
    public async Task<Answer> RunAsync<T>(
        ServiceRequest request, Func<CancellationToken, Task<T>> prepare, Func<SqliteConnection, T, Answer> work)
    {
        if (IdempotencyScope.Of(request) is { } scope && database.Read(c => Kept(c, scope, request)) is { } kept)
            return kept;
        try
        {
            var prepared = await prepare(request.Aborted);
            return await RunAsync(request, connection => work(connection, prepared));
        }
        catch (ApiException refusal) when (refusal.IsDefinite)
        {
            return await RunAsync(request, Answer (_) => throw refusal);
        }
    }

    /// <summary>
    /// For work with an effect elsewhere (a charge, a message). <paramref name="begin"/> writes down what is about to happen
    /// and names it; <paramref name="perform"/> has the effect, itself under that name as key, and returns what to write
    /// afterwards. When the outcome stays unknown the key stays open, and a repeated request takes the same work up again.
    /// </summary>
    public async Task<Answer> RunStagedAsync(
        ServiceRequest request,
        Func<SqliteConnection, string> begin,
        Func<string, Task<Func<SqliteConnection, Answer>>> perform)
    {
        var scope = IdempotencyScope.Of(request);
        if (scope is null)
        {
            var id = await database.WriteAsync(begin, request.Aborted);
            return await database.WriteAsync(await perform(id), CancellationToken.None);
        }

        // Two requests with one key at the same time: the first does the work, the second is asked to come back.
        if (!_running.TryAdd(scope, 0))
            return database.Read(connection => Kept(connection, scope, request)) ?? throw StillRunning();
        try
        {
            return await RunStagedAsync(request, scope, begin, perform);
        }
        finally
        {
            _running.TryRemove(scope, out _);
        }
    }

    private async Task<Answer> RunStagedAsync(
        ServiceRequest request,
        IdempotencyScope scope,
        Func<SqliteConnection, string> begin,
        Func<string, Task<Func<SqliteConnection, Answer>>> perform)
    {
        var (kept, id) = await database.WriteAsync(connection => Claim(connection, scope, request, begin), request.Aborted);
        if (kept is not null)
            return kept;
        var close = await perform(id!);
        return await database.WriteAsync(
            connection =>
            {
                var answer = close(connection);
                IdempotencyTable.Finish(connection, scope, IdempotencyScope.Fingerprint(request), answer, clock);
                return answer;
            },
            CancellationToken.None);
    }

    private (Answer? Kept, string? ResourceId) Claim(
        SqliteConnection connection, IdempotencyScope scope, ServiceRequest request, Func<SqliteConnection, string> begin)
    {
        if (Kept(connection, scope, request) is { } kept)
            return (kept, null);
        if (IdempotencyTable.Find(connection, scope) is { } interrupted)
            return (null, interrupted.ResourceId);
        string? id = null;
        var refused = Attempt(connection, c =>
        {
            Undo(c, scope);
            id = begin(c);
            return Answer.NoContent();
        });
        var fingerprint = IdempotencyScope.Fingerprint(request);
        if (id is not null)
        {
            IdempotencyTable.Begin(connection, scope, fingerprint, id, clock);
            return (null, id);
        }

        IdempotencyTable.Finish(connection, scope, fingerprint, refused, clock);
        return (refused, null);
    }

    private Answer RunOnce(
        SqliteConnection connection, IdempotencyScope scope, ServiceRequest request, Func<SqliteConnection, Answer> work)
    {
        if (Kept(connection, scope, request) is { } kept)
            return kept;
        var answer = Attempt(connection, c =>
        {
            Undo(c, scope);
            return work(c);
        });
        IdempotencyTable.Finish(connection, scope, IdempotencyScope.Fingerprint(request), answer, clock);
        return answer;
    }

    // What undoes comes before what it undoes, or after: either way that is not done any more.
    private void Undo(SqliteConnection connection, IdempotencyScope scope)
    {
        if (IdempotencyTable.IsWithdrawn(connection, scope))
            throw ApiException.Conflict("WITHDRAWN", "This was undone before it came: it is not done any more.");
        if (scope.Undone is { } undone)
            IdempotencyTable.Withdraw(connection, undone, clock);
    }

    // A definite refusal undoes the work but is itself an answer to keep.
    private Answer Attempt(SqliteConnection connection, Func<SqliteConnection, Answer> work)
    {
        connection.Execute("SAVEPOINT work");
        Answer answer;
        try
        {
            answer = work(connection);
        }
        catch (ApiException refusal) when (refusal.IsDefinite)
        {
            connection.Execute("ROLLBACK TO work");
            answer = errors.Answer(refusal);
        }

        connection.Execute("RELEASE work");
        return answer;
    }

    private static Answer? Kept(SqliteConnection connection, IdempotencyScope scope, ServiceRequest request)
    {
        if (IdempotencyTable.Find(connection, scope) is not { } entry)
            return null;
        if (entry.Fingerprint != IdempotencyScope.Fingerprint(request))
        {
            throw new ApiException(StatusCodes.Status422UnprocessableEntity, "IDEMPOTENCY_KEY_REUSED",
                "The Idempotency-Key was used before with another request.");
        }

        if (entry.Status is not { } status)
            return null;
        return new Answer((int)status, entry.Body ?? [])
        {
            Headers = Json.Read<Dictionary<string, string>>(entry.Headers ?? "{}"),
        }.With("Idempotent-Replayed", "true");
    }

    private static ApiException StillRunning() =>
        new(StatusCodes.Status409Conflict, "IDEMPOTENCY_IN_PROGRESS", "A request with this Idempotency-Key is still running.")
        {
            RetryAfterSeconds = 1,
        };
}
