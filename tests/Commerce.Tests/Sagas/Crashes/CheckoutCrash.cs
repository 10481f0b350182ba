using Commerce.Tests.Support;

namespace Commerce.Tests.Sagas.Crashes;

/// <summary>
/// Customers check out without pause, programs are killed as soon as a certain row is committed, and started again; the customers get an answer
/// to what they had under way, asking again where none came. What is left is looked at from outside.
/// </summary>
/// <remarks>
/// The points are rows that somebody outside can see: programs are killed when the row is there. How far they have got by then is the
/// operating system's to say, which is as it is when power fails: every crash is at the point or a little after it.
/// </remarks>
internal sealed class CheckoutCrash(CrashingShop shop, Crash crash)
{
    private const int Customers = 6;

    // A service that was away when it was asked may have been given up: that is an answer too, and the checkout is undone.
    private static readonly int[] GivenUp = [502, 503, 504];

    private readonly string _run = Guid.NewGuid().ToString("N");
    private readonly Lock _lock = new();
    private readonly Dictionary<int, int> _answers = [];
    private volatile bool _isOver;

    /// <summary>Crashes, and has the books compared.</summary>
    /// <returns>What came of it, in words.</returns>
    public async Task<string> RunAsync()
    {
        using var alice = await shop.SignInAsync();
        using var point = shop.Watch(crash.Point);
        using var underWay = shop.Watch(CrashPoint.UnderWay);
        var before = point.Read();
        var buying = Task.WhenAll(Enumerable.Range(0, Customers).Select(customer => BuyAsync(alice, customer)));
        var interrupted = 0;
        try
        {
            await point.ReachedAsync(before + crash.Count, meanwhile: buying);
            var killing = shop.KillAsync(crash.Victim.Programs);
            interrupted = underWay.Read();
            _isOver = true;
            await killing;
            await shop.StartAsync(crash.Victim.Programs);
        }
        finally
        {
            _isOver = true;
            await buying;
        }

        await Until.TrueAsync(() => underWay.Read() == 0, "every saga has ended");
        await AssertBooksAgreeAsync();
        return $"{crash}: {interrupted} under way; {string.Join(", ", _answers.OrderBy(answer => answer.Key).Select(answer => $"{answer.Value}x {answer.Key}"))}";
    }

    private async Task BuyAsync(Customer customer, int number)
    {
        var card = (crash.Refusing ? number % 3 : 0) switch { 1 => Customer.DeclinedCard, 2 => Customer.ExpiringCard, _ => null };
        for (var cart = 0; !_isOver; cart++)
        {
            var key = $"{_run}-{number}-{cart}";
            Reply? reply = null;
            await Until.TrueAsync(async () => (reply = await TryCheckOutAsync(customer, key, card, $"product{number + 1}")) is { Status: not (202 or 409) }, $"cart {key} has an answer");
            Note(reply!, wanted: card is null ? 201 : 402);
        }
    }

    private static async Task<Reply?> TryCheckOutAsync(Customer customer, string key, string? card, string product)
    {
        try
        {
            return await customer.CheckoutAsync(key, card, product);
        }
        catch (HttpRequestException)
        {
            // The gateway was killed with this request under way, or is not back yet.
            return null;
        }
    }

    private void Note(Reply reply, int wanted)
    {
        var status = reply.Status;
        Assert.True(status == wanted || (GivenUp.Contains(status) && crash.Victim != Victim.Gateway), $"{crash}: {status} {reply.Content}");
        lock (_lock)
        {
            _answers[status] = _answers.GetValueOrDefault(status) + 1;
            if (status == 201)
                shop.Paid++;
            else
                shop.Refused++;
        }
    }

    // All programs are back: so every saga ended well, one for each key of a customer, with the outcome that the customer was told.
    private async Task AssertBooksAgreeAsync()
    {
        var (exitCode, output) = await shop.AuditAsync();
        Assert.True(exitCode == 0, $"{crash}: {output}");
        var told = $"; {shop.Paid + shop.Refused} sagas, of which {shop.Paid} are finished, {shop.Refused} undone, 0 need attention";
        Assert.True(output.Contains(told, StringComparison.Ordinal), $"{crash}: customers were told of{told}; the books say {output}");
    }
}
