using Headgate.Gateway.Pipeline;
using Headgate.OpenApi.Values;

namespace Headgate.Gateway.Values;

/// <summary>Compiles <c>{xId}</c> where calls were made before: the claim of that name, else the id in the answer of the call that made it. Stateless.</summary>
internal static class MadeIdValue
{
    private const string Suffix = "Id";

    /// <summary>Whether a placeholder is an id that a call may have made.</summary>
    public static bool IsId(string name) => name.Length > Suffix.Length && name.EndsWith(Suffix, StringComparison.Ordinal);

    /// <summary>Compiles.</summary>
    /// <param name="name">The placeholder.</param>
    /// <param name="claim">What has precedence.</param>
    /// <param name="calls">The calls that are there by then.</param>
    /// <param name="undoesLast">Whether it is for the call that undoes the last of them: that one is asked first.</param>
    public static TextValue Compile(string name, TextValue claim, IReadOnlyList<EarlierCall> calls, bool undoesLast)
    {
        string noun = name[..^Suffix.Length];
        var member = new JsonPointer("/" + name, [name]);
        var id = new JsonPointer("/id", ["id"]);
        var places = new List<TextValue> { claim };
        int last = calls.Count - 1;
        if (undoesLast)
        {
            places.Add(Place(last, member));
            if (calls[last].Makes(noun))
                places.Add(Place(last, id));
        }

        int[] others = [.. Enumerable.Range(0, undoesLast ? last : calls.Count).Reverse()];
        places.AddRange(others.Select(position => Place(position, member)));
        places.AddRange(others.Where(position => calls[position].Makes(noun)).Select(position => Place(position, id)));
        if (undoesLast)
            places.Add(Place(last, id));
        TextValue[] all = [.. places];
        return new TextValue(context => FirstOf(all, context));
    }

    private static string? FirstOf(TextValue[] places, GatewayContext context)
    {
        foreach (TextValue place in places)
        {
            if (place.Read(context) is { Length: > 0 } id)
                return id;
        }

        return null;
    }

    /// <summary>A place in the answer of a call.</summary>
    private static TextValue Place(int position, JsonPointer pointer) => new PlaceValue(context => context.Answers?.AnswerOf(position) ?? default, pointer).AsText;
}
