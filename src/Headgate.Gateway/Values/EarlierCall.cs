using Headgate.OpenApi.Values;

namespace Headgate.Gateway.Values;

/// <summary>A call whose answer is there when another is made. Immutable.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Path">Where it goes.</param>
public sealed record EarlierCall(string Name, TargetTemplate Path)
{
    /// <summary>Whether it makes what a placeholder is the id of: <c>orderId</c> is made by a step of which the name has the word, or of which the path has the collection.</summary>
    /// <param name="noun">What it is the id of.</param>
    internal bool Makes(string noun)
    {
        string[] collections = [noun, noun + "s", noun + "es", noun.EndsWith('y') ? noun[..^1] + "ies" : noun + "s"];
        IEnumerable<string> words = Name.Split('-', '_').Concat(Path.Path.Select(part => part.Literal).OfType<string>().SelectMany(literal => literal.Split('/')));
        return words.Any(word => collections.Contains(word, StringComparer.OrdinalIgnoreCase));
    }
}
