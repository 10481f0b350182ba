using Headgate.Gateway.Errors;
using Headgate.Gateway.Pipeline;
using Microsoft.AspNetCore.Http;

namespace Headgate.Gateway.StaticAnswers;

/// <summary>Answers from the document, without a service.</summary>
internal sealed class StaticHandler(StaticChoice choice) : GatewayHandler
{
    private readonly string? _vary = choice.Vary;

    public override string Name => "static";

    public override string Describe() => choice.ToString();

    public override bool AnswersAlone => true;

    public override ValueTask HandleAsync(GatewayContext context)
    {
        StaticSelection selection = choice.Choose(context.Request);
        IHeaderDictionary headers = context.Response.Headers;

        // Refusals vary too: RFC 9110 §12.5.5.
        if (_vary is not null)
            headers.Vary = _vary;
        if (selection.Answer is not { } answer)
        {
            context.Fail(new GatewayFailure(ErrorCatalogue.ResponseNotAcceptable, "The document has no answer of a media type that the client accepts."));
            return ValueTask.CompletedTask;
        }

        bool isMinimal = answer.Write(context, selection.IsMinimal);

        // RFC 7240 §3.
        if (isMinimal)
            headers["Preference-Applied"] = selection.Applied is { } applied ? $"{applied}, return=minimal" : "return=minimal";
        else if (selection.Applied is not null)
            headers["Preference-Applied"] = selection.Applied;
        return ValueTask.CompletedTask;
    }
}
