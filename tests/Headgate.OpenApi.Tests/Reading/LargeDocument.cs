using System.Globalization;
using System.Text;

namespace Headgate.OpenApi.Tests.Reading;

/// <summary>Generates a JSON document of many operations, such as a large company's API would give: about 800 bytes each.</summary>
internal static class LargeDocument
{
    public static byte[] Generate(int operations)
    {
        var text = new StringBuilder();
        text.Append("""{"openapi":"3.1.0","info":{"title":"Large","version":"1"},"servers":[{"url":"https://api.example.com/v1"}],"security":[{"bearer":[]}],"paths":{""");
        for (int i = 0; i < operations; i += 2)
        {
            if (i > 0)
                text.Append(',');
            text.Append('\n').AppendFormat(CultureInfo.InvariantCulture, PathItem, i, i + 1, i % 500);
        }

        text.Append("},\n\"components\":{\"securitySchemes\":{\"bearer\":{\"type\":\"http\",\"scheme\":\"bearer\"}},\"schemas\":{");
        for (int i = 0; i < 500; i++)
            text.Append(i > 0 ? "," : "").Append('\n').AppendFormat(CultureInfo.InvariantCulture, Schema, i, (i + 1) % 500);
        return Encoding.UTF8.GetBytes(text.Append("}}}").ToString());
    }

    private static readonly CompositeFormat PathItem = CompositeFormat.Parse("""
        "/resources{0}/{{id}}/items/{{itemId}}": {{
          "parameters": [
            {{ "name": "id", "in": "path", "required": true, "schema": {{ "type": "string", "format": "uuid" }} }},
            {{ "name": "itemId", "in": "path", "required": true, "schema": {{ "type": "integer", "minimum": 1 }} }}
          ],
          "get": {{
            "operationId": "getItem{0}", "summary": "Gets one item of a resource", "tags": ["resources"],
            "parameters": [ {{ "name": "expand", "in": "query", "schema": {{ "type": "array", "items": {{ "type": "string", "enum": ["a", "b", "c"] }} }} }} ],
            "responses": {{
              "200": {{ "description": "The item", "content": {{ "application/json": {{ "schema": {{ "$ref": "#/components/schemas/Model{2}" }} }} }} }},
              "404": {{ "description": "There is no such item" }}
            }}
          }},
          "put": {{
            "operationId": "putItem{1}", "summary": "Replaces one item of a resource", "tags": ["resources"],
            "requestBody": {{ "required": true, "content": {{ "application/json": {{ "schema": {{ "$ref": "#/components/schemas/Model{2}" }} }} }} }},
            "responses": {{
              "200": {{ "description": "The item", "content": {{ "application/json": {{ "schema": {{ "$ref": "#/components/schemas/Model{2}" }} }} }} }},
              "409": {{ "description": "The item was changed meanwhile" }}
            }}
          }}
        }}
        """);

    private static readonly CompositeFormat Schema = CompositeFormat.Parse("""
        "Model{0}": {{ "type": "object", "required": ["id", "name"], "properties": {{
          "id": {{ "type": "string", "format": "uuid" }}, "name": {{ "type": "string", "maxLength": 200 }},
          "next": {{ "$ref": "#/components/schemas/Model{1}" }}, "tags": {{ "type": "array", "items": {{ "type": "string" }} }} }} }}
        """);
}
