namespace Commerce.Simulators;

/// <summary>Card numbers that have the payment provider misbehave. Every other number is charged.</summary>
internal static class TestCards
{
    public const string Declined = "4000000000000002";
    public const string InsufficientFunds = "4000000000009995";

    /// <summary>Money is set aside, and can then not be taken.</summary>
    public const string Expires = "4000000000000341";

    /// <summary>The code with which money that was set aside cannot be taken.</summary>
    public const string ExpiredCode = "AUTHORIZATION_EXPIRED";

    /// <summary>The provider fails with 500 and charges nothing.</summary>
    public const string Fails = "4000000000000119";

    /// <summary>The provider charges and then never answers; a repeated call under the same key is answered.</summary>
    public const string Hangs = "4000000000000259";

    /// <summary>The code with which a card is declined, or null when it is not.</summary>
    public static string? DeclineCode(string card) => card switch
    {
        Declined => "CARD_DECLINED",
        InsufficientFunds => "INSUFFICIENT_FUNDS",
        _ => null,
    };
}
