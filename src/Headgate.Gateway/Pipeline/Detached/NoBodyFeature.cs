using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http.Features;

namespace Headgate.Gateway.Pipeline.Detached;

/// <summary>The body of a request that has none.</summary>
internal sealed class NoBodyFeature : IRequestBodyPipeFeature, IHttpRequestBodyDetectionFeature
{
    /// <summary>For all such requests: it holds nothing.</summary>
    public static NoBodyFeature Instance { get; } = new();

    public PipeReader Reader => PipeReader.Create(ReadOnlySequence<byte>.Empty);

    public bool CanHaveBody => false;
}
