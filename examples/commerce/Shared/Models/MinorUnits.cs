namespace Commerce.Shared.Models;

/// <summary>An amount to calculate with: whole cents (or yen), so that sums are exact and rounding happens in one place.</summary>
internal readonly record struct MinorUnits(long Value, Currency Currency)
{
    private const double LargestAmount = 1_000_000_000;

    /// <summary>False when the amount is not a whole number of minor units (19.999 USD, 0.5 JPY), negative, or too large.</summary>
    public static bool TryFrom(Money money, out MinorUnits units)
    {
        units = default;
        if (!double.IsFinite(money.Amount) || money.Amount < 0 || money.Amount > LargestAmount)
            return false;
        // The conversion keeps 15 significant digits: 19.99 becomes 19.99 and not the nearest binary fraction.
        var scaled = (decimal)money.Amount * Scale(money.Currency);
        if (scaled != decimal.Truncate(scaled))
            return false;
        units = new MinorUnits((long)scaled, money.Currency);
        return true;
    }

    public Money ToMoney() => new() { Amount = (double)(Value / Scale(Currency)), Currency = Currency };

    public MinorUnits Times(int quantity) => this with { Value = checked(Value * quantity) };

    public MinorUnits Plus(MinorUnits other) => other.Currency == Currency
        ? this with { Value = checked(Value + other.Value) }
        : throw new InvalidOperationException($"Cannot add {other.Currency} to {Currency}.");

    /// <summary>A share of the amount, rounded half away from zero to a whole minor unit.</summary>
    public MinorUnits Share(decimal rate) =>
        this with { Value = (long)decimal.Round(Value * rate, 0, MidpointRounding.AwayFromZero) };

    private static decimal Scale(Currency currency) => currency == Currency.Jpy ? 1m : 100m;
}
