using System.Text;
using Headgate.Gateway.BuiltIns;
using Headgate.Gateway.Pipeline;
using Microsoft.AspNetCore.Http;

namespace Headgate.Integration.Operations;

/// <summary>The answer to a request that goes on as an operation. Stateless.</summary>
internal static class OperationAccepted
{
    /// <summary>The field that names the operation.</summary>
    public const string Header = "Operation-Location";

    /// <summary>Where an operation can be asked for.</summary>
    public static string LocationOf(string id) => $"/api/v1/operations/{id}";

    /// <summary>Makes it the answer.</summary>
    public static void Write(GatewayContext context, OperationRecord record)
    {
        string location = LocationOf(record.Id);
        context.Response.Headers.Location = location;
        context.Response.Headers[Header] = location;
        context.Response.Headers.RetryAfter = "1";
        BuiltInAnswer.Write(context, StatusCodes.Status202Accepted, "application/json", Encoding.UTF8.GetBytes($$"""{"operation_id":"{{record.Id}}","status":"{{record.State.ToName()}}"}"""));
    }
}
