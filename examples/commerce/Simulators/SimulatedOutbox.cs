using Commerce.Shared.Data;
using Commerce.Shared.Hosting;
using Commerce.Shared.Models;
using Commerce.Shared.Web;
using Dapper;

namespace Commerce.Simulators;

/// <summary>Where the simulated providers put messages instead of delivering them, for people and tests to look at.</summary>
internal sealed class SimulatedOutbox(ServiceRuntime runtime)
{
    public const string Schema = """
        CREATE TABLE IF NOT EXISTS messages (
          id TEXT PRIMARY KEY, status TEXT NOT NULL, "to" TEXT NOT NULL, "from" TEXT NOT NULL, subject TEXT, body TEXT NOT NULL,
          created_at TEXT NOT NULL);
        """;

    public void Map(ServiceRoutes routes) => routes.Get("/messages", Access.Service, List);

    public Task<Answer> AcceptAsync(ServiceRequest request, Func<OutboxMessage> write) => runtime.Idempotent.RunAsync(request, connection =>
    {
        var message = write() with { Id = Ids.New("msg", runtime.Clock), CreatedAt = Timestamps.Now(runtime.Clock) };
        connection.Execute("INSERT INTO messages VALUES (@Id, @Status, @To, @From, @Subject, @Body, @CreatedAt)", message);
        return new Answer(StatusCodes.Status202Accepted, Json.Bytes(message));
    });

    private Answer List(ServiceRequest request)
    {
        var page = PageQuery.Read(request.Query);
        var filter = new { to = request.Query.Text("to"), page.Size, page.Offset };
        return Answer.Ok(runtime.Database.Read(connection =>
        {
            const string where = """FROM messages WHERE (@to IS NULL OR "to" = @to)""";
            var total = connection.ExecuteScalar<long>($"SELECT count(*) {where}", filter);
            var rows = connection.Query<OutboxMessage>($"SELECT * {where} ORDER BY created_at DESC, id DESC LIMIT @Size OFFSET @Offset", filter);
            return page.Answer(rows.AsList(), total);
        }));
    }
}
