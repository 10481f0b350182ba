using FsCheck;
using FsCheck.Fluent;

namespace Headgate.Gateway.Tests.Policies.Validation.Fuzz;

/// <summary>What the fuzzers of messages are made of: texts of everything that means something somewhere, and changes of texts that were right.</summary>
internal static class FuzzTexts
{
    /// <summary>The same cases in every run.</summary>
    public static Config Config(int runs) => FsCheck.Config.QuickThrowOnFailure.WithMaxTest(runs).WithReplay(20261128, 3);

    private static readonly string[] s_letters =
    [
        "a", "Z", "0", "7", "-", "_", "~", ".", " ", "+", "%", "&", "=", ";", ",", "|", "/", "?", "#", "[", "]", "\"", "\\", "'", "{", "}", "\u00e9", "\u6f22", "\U0001f600", "\0", "\u007f", "\t", "\n",
        "\r", "true", "null", "1.5", "%41", "%",
    ];

    private static readonly string[] s_pieces =
    [
        "a", "b", "name", "=", "==", "&", "&&", ";", "; ", ",", ".", "|", "[", "]", "[x]", " ", "  ", "+", "%", "%4", "%zz", "%00", "%20", "%2C", "%C3%A9", "%FF", "%ED%A0%80", "\"", "\\", "\0", "\t", "\u00ff",
        "\r\n", "\n", "\r", "--", "--BB", "\r\n--BB", "--BB--", "\r\n\r\n", "Content-Disposition: form-data; name=\"a\"\r\n", "Content-Type: text/plain\r\n", "; filename=\"x\"", "{", "}", "1e9", "-1",
    ];

    /// <summary>Any text, of up to six pieces.</summary>
    public static Gen<string> Any { get; } =
        from count in Gen.Choose(0, 6)
        from pieces in Gen.Elements(s_letters).ListOf(count)
        select string.Concat(pieces);

    /// <summary>A text that is none of those that look right.</summary>
    public static Gen<string> Rubbish { get; } =
        from count in Gen.Choose(0, 30)
        from pieces in Gen.Elements(s_pieces).ListOf(count)
        select string.Concat(pieces);

    /// <summary>One of some texts, with up to four changes.</summary>
    public static Gen<string> Mutated(params string[] bases)
    {
        Gen<(int Where, int Kind, string Piece)> mutation =
            from position in Gen.Choose(0, 1000)
            from kind in Gen.Choose(0, 3)
            from piece in Gen.Elements(s_pieces)
            select (position, kind, piece);
        return from text in Gen.Elements(bases)
               from count in Gen.Choose(0, 4)
               from mutations in mutation.ListOf(count)
               select mutations.Aggregate(text, Mutate);
    }

    private static string Mutate(string text, (int Where, int Kind, string Piece) mutation)
    {
        int at = mutation.Where * text.Length / 1001;
        return mutation.Kind switch
        {
            0 => text.Insert(at, mutation.Piece),
            1 when text.Length > 0 => text.Remove(at, 1),
            2 => text + text[at..],
            _ => text[..at] + mutation.Piece + text[Math.Min(text.Length, at + mutation.Piece.Length)..],
        };
    }
}
