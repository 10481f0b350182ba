using Commerce.Tests.Support;

namespace Commerce.Tests.Sagas;

/// <summary>The audit finds what does not agree, whoever wrote it.</summary>
public sealed class AuditTests : IAsyncLifetime
{
    private ShopWithLog _both = null!;
    private string _order = "";

    public async ValueTask InitializeAsync()
    {
        _both = await ShopWithLog.StartAsync();
        using var alice = new Customer(_both.Gateway.Clients, await _both.Shop.TokenAsync("alice"));
        _order = (await alice.CheckoutAsync("audited")).Expect(201).Text("orderId");
        (await alice.CheckoutAsync("declined", Customer.DeclinedCard)).Expect(402);
    }

    public ValueTask DisposeAsync() => _both.DisposeAsync();

    [Fact]
    public async Task Audit_OfBooksThatWereTamperedWith_NamesWhatDoesNotAgree()
    {
        Assert.Equal(0, (await _both.AuditAsync()).ExitCode);
        await FindsAsync("order-service", $"UPDATE orders SET status = 'CANCELLED' WHERE id = '{_order}'", $"UPDATE orders SET status = 'CONFIRMED' WHERE id = '{_order}'", $"order {_order} is CANCELLED over 13835, and 13835 is taken for it");
        await FindsAsync("order-service", $"UPDATE orders SET total_minor = 1 WHERE id = '{_order}'", $"UPDATE orders SET total_minor = 13835 WHERE id = '{_order}'", "over 1, and 13835 is taken for it");
        await FindsAsync("order-service", $"UPDATE orders SET id = 'ord_lost' WHERE id = '{_order}'", $"UPDATE orders SET id = '{_order}' WHERE id = 'ord_lost'", $"money was taken for {_order}, and there is no such order");
        await FindsAsync("order-service", $"UPDATE orders SET id = 'ord_lost' WHERE id = '{_order}'", $"UPDATE orders SET id = '{_order}' WHERE id = 'ord_lost'", "checkout succeeded, and there is no order of it");
        await FindsAsync("inventory-service", "UPDATE stock SET reserved = reserved + 1 WHERE product_id = 'product1'", "UPDATE stock SET reserved = reserved - 1 WHERE product_id = 'product1'", "2 of product1 are promised, and 1 are reserved");
        await FindsAsync("inventory-service", "UPDATE reservations SET status = 'RESERVED' || status", "UPDATE reservations SET status = substr(status, 9)", "does not hold");
        await FindsAsync("payment-service", $"UPDATE payments SET amount_minor = 1 WHERE order_id = '{_order}'", $"UPDATE payments SET amount_minor = 13835 WHERE order_id = '{_order}'", "1 is to be taken, and 13835 is");
        Assert.Equal(0, (await _both.AuditAsync()).ExitCode);

        var ledger = await File.ReadAllTextAsync(_both.Shop.LedgerFile, TestContext.Current.CancellationToken);
        await File.AppendAllTextAsync(_both.Shop.LedgerFile, ledger, TestContext.Current.CancellationToken);
        var (exitCode, output) = await _both.AuditAsync();
        Assert.Equal(1, exitCode);
        Assert.Contains("line 2 of the provider's books has the number 1", output, StringComparison.Ordinal);
        Assert.Contains($"order {_order} is CONFIRMED over 13835, and 27670 is taken for it", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Audit_OfSagasThatHaveNotEnded_OrSayNotWhy_NamesThem()
    {
        _both.WriteStore("UPDATE headgate_operations SET state = 'in_progress' WHERE state = 'succeeded'");
        Assert.Contains("is in_progress: it has not ended", (await _both.AuditAsync()).Output, StringComparison.Ordinal);
        _both.WriteStore("UPDATE headgate_operations SET state = 'failed', attention = '' WHERE state = 'in_progress'");
        Assert.Contains("needs attention and does not say why", (await _both.AuditAsync()).Output, StringComparison.Ordinal);
        _both.WriteStore("UPDATE headgate_operations SET attention = 'the bank does not answer' WHERE attention = ''");
        var (exitCode, output) = await _both.AuditAsync();
        Assert.Equal(0, exitCode);
        Assert.Contains("checkout needs attention: the bank does not answer", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Audit_OfWhatCannotBeRead_SaysWhichToName()
    {
        using var output = new StringWriter();
        Assert.Equal(2, await CommerceCommand.RunAsync(["audit", "--data", "/nowhere", "--store", "/nowhere/headgate.db"], TextReader.Null, output, output));
        Assert.Contains("Name the services' data directory with --data, and the gateway's store with --store.", output.ToString(), StringComparison.Ordinal);
    }

    private async Task FindsAsync(string service, string tampering, string repair, string finding)
    {
        _both.Shop.Write(service, tampering);
        var (exitCode, output) = await _both.AuditAsync();
        Assert.True(exitCode == 1, $"{tampering}: {output}");
        Assert.Contains(finding, output, StringComparison.Ordinal);
        _both.Shop.Write(service, repair);
    }
}
