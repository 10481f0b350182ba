using Commerce.Simulators;

namespace Commerce.Audit;

/// <summary>
/// Compares the books. What belongs to a saga that needs attention is left to whoever looks at that; everything else has to be as its order
/// says: paid once and kept in stock, or neither.
/// </summary>
internal sealed class Auditor
{
    private readonly AuditedBooks _books;
    private readonly List<string> _findings = [];
    private readonly Dictionary<string, AuditedSaga> _sagas;
    private readonly HashSet<string> _ordersOfSagas;
    private readonly Dictionary<string, long> _kept;
    private readonly Dictionary<string, List<LedgerLine>> _charges;

    public Auditor(AuditedBooks books)
    {
        _books = books;
        _sagas = books.Sagas.ToDictionary(saga => saga.Id);
        _ordersOfSagas = [.. books.Orders.Select(order => books.MadeBy.GetValueOrDefault(order.Id) ?? "")];
        _charges = books.Ledger.Where(line => line.Entry.Type == "charge").GroupBy(OrderOf).ToDictionary(order => order.Key, order => order.DistinctBy(line => line.Entry.ChargeId).ToList());
        _kept = books.Ledger.GroupBy(line => line.Entry.ChargeId).ToDictionary(
            charge => charge.Key, charge => charge.Sum(line => line.Entry.Type == "charge" ? line.Entry.Amount : -line.Entry.Amount));
    }

    /// <summary>What does not agree, in words; empty when all of it does.</summary>
    public IReadOnlyList<string> Findings()
    {
        CheckSagas();
        CheckLedger();
        foreach (var order in _books.Orders)
            CheckOrder(order);
        CheckPayments();
        CheckStock();
        return _findings;
    }

    private void CheckSagas()
    {
        foreach (var saga in _books.Sagas)
        {
            Require(saga.Ended || saga.NeedsAttention, $"saga {saga.Id} {saga.Name} is {saga.State}: it has not ended");
            Require(!saga.IsDone || _ordersOfSagas.Contains(saga.Id), $"saga {saga.Id} {saga.Name} succeeded, and there is no order of it");
            Require(saga.Attention != "", $"saga {saga.Id} {saga.Name} needs attention and does not say why");
        }
    }

    private void CheckLedger()
    {
        for (var i = 0; i < _books.Ledger.Count; i++)
            Require(_books.Ledger[i].Seq == i + 1, $"line {i + 1} of the provider's books has the number {_books.Ledger[i].Seq}");
        foreach (var (charge, kept) in _kept)
            Require(kept >= 0, $"of charge {charge} more was paid back than was taken");
        var orders = _books.Orders.Select(order => order.Id).ToHashSet();
        foreach (var (order, charges) in _charges.Where(entry => !orders.Contains(entry.Key) && entry.Value.Any(line => !IsOpen(PaymentOf(line)))))
            Require(charges.Sum(line => _kept[line.Entry.ChargeId]) == 0, $"money was taken for {order}, and there is no such order");
    }

    private void CheckOrder(AuditedOrder order)
    {
        if (IsOpen(order.Id))
            return;
        var charges = _charges.GetValueOrDefault(order.Id) ?? [];
        var kept = charges.Sum(line => _kept[line.Entry.ChargeId]);
        var owed = order.Status is "PENDING" or "CANCELLED" or "REFUNDED" ? 0 : order.TotalMinor;
        Require(kept == owed, $"order {order.Id} is {order.Status} over {order.TotalMinor}, and {kept} is taken for it");
        Require(charges.Count(line => _kept[line.Entry.ChargeId] > 0) <= 1, $"order {order.Id} is charged more than once");
        if (SagaOf(order.Id) is { } saga)
        {
            Require(!saga.IsDone || order.Status is not "PENDING", $"saga {saga.Id} succeeded, and its order {order.Id} is {order.Status}");
            Require(!saga.IsUndone || order.Status == "CANCELLED", $"saga {saga.Id} is undone, and its order {order.Id} is {order.Status}");
        }

        if (order.ReservationId is { } reservation)
        {
            var holds = _books.Reservations.Any(candidate => candidate.Id == reservation && candidate.Holds);
            Require(holds == order.Status is not ("CANCELLED" or "REFUNDED"), $"order {order.Id} is {order.Status}, and its reservation {reservation} {(holds ? "still holds" : "does not hold")}");
        }
    }

    private void CheckPayments()
    {
        foreach (var payment in _books.Payments.Where(payment => !IsOpen(payment.Id)))
        {
            var taken = payment.ChargeId is { } charge ? _kept.GetValueOrDefault(charge) : 0;
            var due = payment.ChargeId is null ? 0 : payment.AmountMinor - payment.RefundedMinor;
            Require(taken == due, $"payment {payment.Id} is {payment.Status}: {due} is to be taken, and {taken} is");
            Require(payment.Status is not ("PENDING" or "AUTHORIZED") || SagaOf(payment.Id) is null, $"payment {payment.Id} of an ended saga is {payment.Status}");
        }

        foreach (var payment in _books.SetAside.Where(payment => !IsOpen(payment)))
            Require(_books.Payments.Any(candidate => candidate.Id == payment && candidate.Status == "AUTHORIZED"), $"money is set aside for payment {payment}, which does not know of it");
    }

    private void CheckStock()
    {
        var held = _books.Reservations.Where(reservation => reservation.Holds).SelectMany(reservation => reservation.ItemList)
            .GroupBy(item => item.ProductId).ToDictionary(product => product.Key, product => product.Sum(item => (long)item.Quantity));
        foreach (var (product, promised) in _books.Promised)
            Require(promised == held.GetValueOrDefault(product), $"{promised} of {product} are promised, and {held.GetValueOrDefault(product)} are reserved");
        foreach (var reservation in _books.Reservations.Where(reservation => reservation.Holds))
            Require(SagaOf(reservation.Id) is not { IsUndone: true }, $"reservation {reservation.Id} holds, and its saga is undone");
    }

    // Of a saga that has not come to its end, or that somebody has to look at, the parts need not agree.
    private bool IsOpen(string made) => SagaOf(made) is { } saga && (!saga.Ended || saga.NeedsAttention);

    private AuditedSaga? SagaOf(string made) => _books.MadeBy.GetValueOrDefault(made) is { } id ? _sagas.GetValueOrDefault(id) : null;

    private static string OrderOf(LedgerLine line) => TextOf(line, "orderId");

    private static string PaymentOf(LedgerLine line) => TextOf(line, "paymentId");

    private static string TextOf(LedgerLine line, string member) =>
        line.Entry.Metadata?.TryGetValue(member, out var value) == true ? value.ToString() : $"charge {line.Entry.ChargeId}";

    private void Require(bool condition, string finding)
    {
        if (!condition)
            _findings.Add(finding);
    }
}
