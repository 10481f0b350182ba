using Commerce.Tests.Support;

namespace Commerce.Tests.Sagas.Crashes;

/// <summary>
/// A service is killed while it carries out a step of a saga, or undoes one; the same call is repeated under its key. It is answered as it was,
/// or was to be, answered the first time, and has happened once.
/// </summary>
/// <remarks>There is no gateway, and nobody else buys: numbers are exact.</remarks>
public sealed class StepCrashTests : IDisposable, IClassFixture<StepCrashTests.ServicesFixture>
{
    private readonly CrashingShop _shop;
    private readonly SagaSteps _steps;
    private readonly List<Api> _clients = [];

    public StepCrashTests(ServicesFixture services)
    {
        _shop = services.Shop;
        _steps = new SagaSteps(Service);
    }

    /// <summary>Each call, and the services that it makes work.</summary>
    public static TheoryData<string, string> Calls => new()
    {
        { "reserve", "inventory-service" },
        { "quote", "order-service" },
        { "order", "order-service" },
        { "place", "order-service" },
        { "confirm", "order-service" },
        { "pay", "payment-service" },
        { "pay", "payment-provider" },
        { "authorize", "payment-service" },
        { "authorize", "payment-provider" },
        { "capture", "payment-service" },
        { "capture", "payment-provider" },
        { "reserve/undo", "inventory-service" },
        { "order/undo", "order-service" },
        { "place/undo", "order-service" },
        { "pay/undo", "payment-service" },
        { "pay/undo", "payment-provider" },
        { "authorize/undo", "payment-service" },
        { "authorize/undo", "payment-provider" },
    };

    /// <summary>The service has committed what it did with its answer, and has not said so: at least nobody has heard it.</summary>
    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Call_WhoseServiceIsKilledBetweenCommitAndAnswer_IsAnsweredTheSame_AndHappenedOnce(string step, string service)
    {
        var (heard, again) = await CrashAsync(step, service, "SELECT count(*) FROM idempotency_keys WHERE status IS NOT NULL");

        // The kill may have come after the answer; and where it hit the provider, the payment service says that it does not know.
        if (heard is { Status: 200 or 201 })
            Assert.Equal((heard.Status, heard.Content), (again.Status, again.Content));
    }

    /// <summary>The service has written down that it is about to ask another, and dies.</summary>
    [Theory]
    [InlineData("pay", "payment-service")]
    [InlineData("authorize", "payment-service")]
    [InlineData("capture", "payment-service")]
    [InlineData("order/undo", "order-service")]
    [InlineData("place/undo", "order-service")]
    [InlineData("pay/undo", "payment-service")]
    [InlineData("authorize/undo", "payment-service")]
    public Task Call_WhoseServiceIsKilledBeforeItKnows_IsTakenUpUnderItsKey_AndHappensOnce(string step, string service) =>
        CrashAsync(step, service, "SELECT count(*) FROM idempotency_keys");

    public void Dispose() => _clients.ForEach(client => client.Dispose());

    // The service is killed when it has one row more. What was heard of the first call, and what the same call is answered after that.
    private async Task<(Reply? Heard, Reply Again)> CrashAsync(string step, string service, string rows)
    {
        var call = await PrepareAsync(step);
        using var effect = EffectOf(step);
        using var watch = _shop.Watch(service, rows);
        var (effectBefore, rowsBefore) = (effect.Read(), watch.Read());
        var first = TrySendAsync(call, step);
        await watch.ReachedAsync(rowsBefore + 1, meanwhile: first);
        await _shop.KillAsync([service]);
        await _shop.StartAsync([service]);

        var (heard, again, third) = (await first, await RepeatAsync(call, step), await RepeatAsync(call, step));
        Assert.InRange(again.Status, 200, 201);
        Assert.Equal(1, Math.Abs(effect.Read() - effectBefore));
        Assert.Equal((again.Status, again.Content, true), (third.Status, third.Content, third.Replayed));
        return (heard, again);
    }

    private Api Service(string name)
    {
        var client = _shop.Service(name);
        _clients.Add(client);
        return client;
    }

    private async Task<StepCall> PrepareAsync(string step)
    {
        if (!step.EndsWith("/undo", StringComparison.Ordinal))
            return await _steps.PrepareAsync(step);
        var done = step[..^"/undo".Length];
        return _steps.UndoingOf(done, (await _steps.SendAsync(await _steps.PrepareAsync(done), done)).Expect(201));
    }

    private async Task<Reply?> TrySendAsync(StepCall call, string step)
    {
        try
        {
            return await _steps.SendAsync(call, step);
        }
        catch (HttpRequestException)
        {
            // Its service was killed.
            return null;
        }
    }

    // As a saga does: again, until there is a definite answer.
    private async Task<Reply> RepeatAsync(StepCall call, string step)
    {
        Reply? reply = null;
        await Until.TrueAsync(async () => (reply = await TrySendAsync(call, step)) is { Status: < 500 and not 409 }, $"{step} has an answer");
        return reply!;
    }

    // What happens in the world when a call does: a number that grows or falls by one.
    private TableWatch EffectOf(string step)
    {
        var (service, sql) = step switch
        {
            "reserve" or "reserve/undo" => ("inventory-service", "SELECT reserved FROM stock WHERE product_id = 'product20'"),
            "quote" => ("order-service", "SELECT count(*) FROM checkouts"),
            "order" or "place" => ("order-service", "SELECT count(*) FROM orders"),
            "confirm" => ("order-service", "SELECT count(*) FROM orders WHERE status = 'CONFIRMED'"),
            "order/undo" or "place/undo" => ("order-service", "SELECT count(*) FROM orders WHERE status = 'CANCELLED'"),
            "authorize" => ("payment-provider", "SELECT count(*) FROM card_intents"),
            "authorize/undo" => ("payment-provider", "SELECT count(*) FROM card_intents WHERE status = 'cancelled'"),
            _ => ("payment-provider", "SELECT count(*) FROM ledger"),
        };
        return _shop.Watch(service, sql);
    }

    /// <summary>The services that the calls need, each a process of its own.</summary>
    public sealed class ServicesFixture : IAsyncLifetime
    {
        internal CrashingShop Shop { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Shop = await CrashingShop.OpenAsync([.. Victim.Services.Select(service => service.Name)]);

        public ValueTask DisposeAsync() => Shop.DisposeAsync();
    }
}
