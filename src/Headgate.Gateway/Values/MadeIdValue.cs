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
        int last = calls.Count - 1;
        bool undoesMaker = undoesLast && calls[last].Makes(noun);
        TextValue[] own = [claim, .. undoesLast ? [Place(last, member)] : (TextValue[])[], .. undoesMaker ? [Place(last, id)] : (TextValue[])[]];
        var places = new List<TextValue>();
        int[] others = [.. Enumerable.Range(0, undoesLast ? last : calls.Count).Reverse()];
        places.AddRange(others.Select(position => Place(position, member)));
        places.AddRange(others.Where(position => calls[position].Makes(noun)).Select(position => Place(position, id)));
        if (undoesLast)
            places.Add(Place(last, id));
        TextValue[] further = [.. places];

        // What made it said which in an answer that is not there: what another made is not what is to be undone.
        return new TextValue(context => FirstOf(own, context) ?? (undoesMaker && context.Answers?.IsLost(last) == true ? null : FirstOf(further, context)));
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
