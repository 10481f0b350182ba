using Commerce.Orders;
using Commerce.Shared.Models;

namespace Commerce.Tests;

public class MinorUnitsTests
{
    [Theory]
    [InlineData(19.99, 1999)]
    [InlineData(0.29, 29)]
    [InlineData(1.1, 110)]
    [InlineData(999999999.99, 99999999999)]
    public void TryFrom_AmountThatBinaryFractionsCannotHold_IsExact(double amount, long minor)
    {
        Assert.True(MinorUnits.TryFrom(new Money { Amount = amount, Currency = Currency.Usd }, out var units));
        Assert.Equal(minor, units.Value);
        Assert.Equal(amount, units.ToMoney().Amount);
    }

    [Theory]
    [InlineData(19.999, Currency.Usd)]
    [InlineData(0.5, Currency.Jpy)]
    [InlineData(-1, Currency.Usd)]
    [InlineData(double.NaN, Currency.Usd)]
    [InlineData(double.PositiveInfinity, Currency.Usd)]
    [InlineData(1e18, Currency.Usd)]
    internal void TryFrom_AmountThatIsNotWholeMinorUnits_IsRefused(double amount, Currency currency) =>
        Assert.False(MinorUnits.TryFrom(new Money { Amount = amount, Currency = currency }, out _));

    [Fact]
    public void TryFrom_Yen_HasNoMinorDigits()
    {
        Assert.True(MinorUnits.TryFrom(new Money { Amount = 500, Currency = Currency.Jpy }, out var yen));
        Assert.Equal(500, yen.Value);
    }

    [Theory]
    [InlineData(50, 5)]
    [InlineData(45, 5)]
    [InlineData(44, 4)]
    [InlineData(10, 1)]
    public void Share_HalfAMinorUnit_RoundsAwayFromZero(long minor, long share) =>
        Assert.Equal(share, new MinorUnits(minor, Currency.Usd).Share(0.10m).Value);

    [Fact]
    public void Plus_OtherCurrency_Throws() => Assert.Throws<InvalidOperationException>(
        () => new MinorUnits(1, Currency.Usd).Plus(new MinorUnits(1, Currency.Eur)));

    [Fact]
    public void OrderPricing_ThreeLines_AddsTaxOfTheDestinationAndShipping()
    {
        MinorUnits[] lines = [new(1999, Currency.Eur), new(29, Currency.Eur), new(1000, Currency.Eur)];

        var pricing = OrderPricing.Of(lines, Country.Germany);

        // 30.28 at 19 % is 5.7532; below 50.00 shipping costs 5.99.
        Assert.Equal((3028, 575, 599, 4202), (pricing.Subtotal.Value, pricing.Tax.Value, pricing.Shipping.Value, pricing.Total.Value));
    }

    [Fact]
    public void OrderPricing_FromFifty_ShipsFree() =>
        Assert.Equal(0, OrderPricing.Of([new MinorUnits(5000, Currency.Usd)], Country.UnitedStates).Shipping.Value);
}
