using Microsoft.AspNetCore.Http;

namespace Headgate.Gateway.StaticAnswers;

/// <summary>The answers that the document can give with one status. Immutable, thread-safe.</summary>
internal sealed class StaticStatus
{
    private readonly StaticAnswer[] _answers;

    // What is given when no example is asked for by name: one of each media type that has it.
    private readonly StaticAnswer[] _usual;

    /// <param name="answers">The answers, in the order of the document; at least one.</param>
    /// <param name="example">The name of the example that is usual; null for the first of each media type. One of the answers has it.</param>
    public StaticStatus(IReadOnlyList<StaticAnswer> answers, string? example)
    {
        _answers = [.. answers];
        _usual = [.. answers.Where(answer => example is null || answer.Example == example).GroupBy(answer => answer.ContentType).Select(type => type.First())];
    }

    /// <summary>The status.</summary>
    public int Status => _answers[0].Status;

    /// <summary>How many answers there are.</summary>
    public int Count => _answers.Length;

    /// <summary>Whether the media type of the usual answer depends on what the client accepts.</summary>
    public bool IsNegotiated => _usual.Length > 1;

    /// <summary>Whether one of them is an example of that name.</summary>
    public bool Has(ReadOnlySpan<char> example)
    {
        foreach (StaticAnswer answer in _answers)
        {
            if (answer.Example is not null && example.SequenceEqual(answer.Example))
                return true;
        }

        return false;
    }

    /// <summary>The answer that suits the client best; null where none of a successful status is acceptable. What went wrong is told whatever a client accepts.</summary>
    /// <param name="headers">The header fields of the request.</param>
    /// <param name="example">The name of the example that it asks for; empty for the usual answer.</param>
    public StaticAnswer? Choose(IHeaderDictionary headers, ReadOnlySpan<char> example)
    {
        StaticAnswer? best = null;
        StaticAnswer? first = null;
        double bestWeight = 0;
        foreach (StaticAnswer answer in example.IsEmpty ? _usual : _answers)
        {
            if (!example.IsEmpty && !example.SequenceEqual(answer.Example))
                continue;
            first ??= answer;
            double weight = answer.WeightOf(headers);
            if (weight > bestWeight)
                (best, bestWeight) = (answer, weight);
        }

        return best ?? (Status >= StatusCodes.Status300MultipleChoices ? first : null);
    }

    /// <summary>The usual answers in words.</summary>
    public override string ToString() => string.Join(" or ", _usual.Select(answer => answer.ToString()));
}
