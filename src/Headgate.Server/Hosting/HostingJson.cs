using System.Text.Json;
using System.Text.Json.Serialization;

namespace Headgate.Server.Hosting;

/// <summary>JSON of the files in the data directory.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, WriteIndented = true)]
[JsonSerializable(typeof(RunFile))]
internal sealed partial class HostingJson : JsonSerializerContext;
