using Commerce.Shared.Web;

namespace Commerce.Payments;

/// <summary>The card to charge. It is passed to the provider and not kept; only its last four digits are.</summary>
internal sealed record PaymentMethod
{
    /// <summary>The provider's test card that always works.</summary>
    public static readonly PaymentMethod TestCard = new() { CardNumber = "4242424242424242" };

    public required string CardNumber { get; init; }

    public string Last4 => CardNumber[^4..];

    public void Validate(string pointer)
    {
        var violations = new Violations();
        violations.Require(CardNumber.Length is >= 12 and <= 19 && CardNumber.All(char.IsAsciiDigit),
            $"{pointer}/cardNumber", "must have 12 to 19 digits");
        violations.ThrowIfAny();
    }
}
