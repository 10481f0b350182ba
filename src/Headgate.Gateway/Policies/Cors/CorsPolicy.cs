using System.Globalization;
using Headgate.Gateway.Configuration;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Plans.Listing;
using Microsoft.AspNetCore.Http;

namespace Headgate.Gateway.Policies.Cors;

/// <summary>
/// Tells browsers which pages may read the answers (Fetch standard, "CORS protocol"). What an upstream says about it is replaced: the document
/// decides. A request of an origin that is not allowed is served without the fields; the browser withholds the answer.
/// </summary>
internal sealed class CorsPolicy : GatewayPolicy
{
    private readonly CorsSettings _settings;
    private readonly OriginList _origins;
    private readonly bool _credentials;
    private readonly string _exposeHeaders;
    private readonly string? _methods;
    private readonly string _headers;
    private readonly string _maxAge;

    public CorsPolicy(CorsSettings settings)
    {
        _settings = settings;
        _origins = new OriginList(settings.Origins);
        _credentials = settings.Credentials;
        _exposeHeaders = string.Join(", ", settings.ExposeHeaders);
        _methods = settings.Methods is null ? null : string.Join(", ", settings.Methods);
        _headers = string.Join(", ", settings.Headers);
        _maxAge = ((long)settings.MaxAge.Value.TotalSeconds).ToString(CultureInfo.InvariantCulture);
    }

    public override string Name => "cors";

    public override PolicyPhases Phases => PolicyPhases.Response;

    public override IEnumerable<PlanSetting> Settings => PlanSetting.Of("cors", _settings);

    public override ValueTask OnResponseAsync(GatewayContext context)
    {
        IHeaderDictionary headers = context.Response.Headers;
        headers.AccessControlAllowOrigin = default;
        headers.AccessControlAllowCredentials = default;
        headers.AccessControlExposeHeaders = default;

        // A cache must not give one origin's answer to another.
        VaryField.Add(headers, "Origin");

        string? origin = context.Request.Headers.Origin;
        if (origin is null || !_origins.Allows(origin))
            return ValueTask.CompletedTask;

        headers.AccessControlAllowOrigin = _origins.AllowsAny && !_credentials ? "*" : origin;
        if (_credentials)
            headers.AccessControlAllowCredentials = "true";
        if (_exposeHeaders.Length > 0)
            headers.AccessControlExposeHeaders = _exposeHeaders;
        return ValueTask.CompletedTask;
    }

    /// <summary>Adds the fields of a preflight's answer; <see cref="OnResponseAsync"/> adds the others.</summary>
    /// <param name="context">The preflight request.</param>
    /// <param name="declaredMethods">The methods that the document declares for the path.</param>
    public void AnswerPreflight(GatewayContext context, string declaredMethods)
    {
        string? origin = context.Request.Headers.Origin;
        bool allowed = origin is not null && _origins.Allows(origin);
        context.Explanation?.Add(Name, allowed ? "allowed" : "refused", $"preflight of origin {origin ?? "(none)"}");
        if (!allowed)
            return;
        IHeaderDictionary headers = context.Response.Headers;
        headers.AccessControlAllowMethods = _methods ?? declaredMethods;
        headers.AccessControlAllowHeaders = _headers;
        headers.AccessControlMaxAge = _maxAge;
    }
}
