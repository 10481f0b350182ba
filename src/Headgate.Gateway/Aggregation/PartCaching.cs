using Headgate.Gateway.Pipeline;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Headgate.Gateway.Aggregation;

/// <summary>What the answers of parts say of keeping them holds for the whole as well: it is for no more people, and varies by as much. How long it is fresh, none of them can say for the others.</summary>
internal static class PartCaching
{
    private const string NoStore = "no-store";
    private const string Private = "private";

    /// <summary>Writes it into the head of the whole. Allocates nothing where no part says anything.</summary>
    /// <param name="run">The parts, all of which succeeded.</param>
    /// <param name="whole">The fields of the whole.</param>
    public static void Join(AggregateRun run, IHeaderDictionary whole)
    {
        for (int i = 0; i < run.Count; i++)
        {
            if (!run[i].IsCalled)
                continue;
            IHeaderDictionary part = run[i].Context.Response.Headers;
            if (Says(part.CacheControl, NoStore))
                whole.CacheControl = NoStore;
            else if (whole.CacheControl.Count == 0 && Says(part.CacheControl, Private))
                whole.CacheControl = Private;
            Vary(part.Vary, whole);
        }
    }

    // Parts are asked for JSON without a coding, whatever the client takes.
    private static void Vary(StringValues vary, IHeaderDictionary whole)
    {
        foreach (string? line in vary)
        {
            ReadOnlySpan<char> rest = line;
            while (FieldList.TryNext(ref rest, out ReadOnlySpan<char> name))
            {
                if (!name.Equals("Accept", StringComparison.OrdinalIgnoreCase) && !name.Equals("Accept-Encoding", StringComparison.OrdinalIgnoreCase))
                    VaryField.Add(whole, name.ToString());
            }
        }
    }

    private static bool Says(StringValues lines, string directive)
    {
        foreach (string? line in lines)
        {
            if (line is not null && line.Contains(directive, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }
}
