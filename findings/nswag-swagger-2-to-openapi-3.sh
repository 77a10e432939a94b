#!/usr/bin/env bash
# NSwag writes a Swagger 2 document as OpenAPI 3 with form fields still as parameters "in": "formData" and type file,
# which OpenAPI 3 does not have, without the declared image/png, and with additionalProperties false on every schema,
# which closes objects that Swagger 2 leaves open.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

cat > probe.csproj <<'EOF'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <OutputType>Exe</OutputType>
    <TargetFramework>net10.0</TargetFramework>
    <ImplicitUsings>enable</ImplicitUsings>
    <NoWarn>$(NoWarn);NU1510;MEAI001;CS0618</NoWarn>
  </PropertyGroup>
  <ItemGroup>
    <PackageReference Include="NSwag.Core" Version="14.8.0" />
  </ItemGroup>
</Project>
EOF

cat > Program.cs <<'EOF'
using System.Text.Json.Nodes;
using NSwag;

var document = await OpenApiDocument.FromJsonAsync("""
    {
      "swagger": "2.0", "info": { "title": "T", "version": "1" }, "host": "api.example", "schemes": ["https"],
      "paths": { "/render": { "post": {
        "consumes": ["multipart/form-data"], "produces": ["image/png"],
        "parameters": [{ "name": "image", "in": "formData", "type": "file", "required": true }],
        "responses": { "200": { "description": "The image", "schema": { "type": "file" } } } } } },
      "definitions": { "Open": { "type": "object", "properties": { "id": { "type": "string" } } } }
    }
    """);
document.SchemaType = NJsonSchema.SchemaType.OpenApi3;
var written = JsonNode.Parse(document.ToJson())!;
var post = written["paths"]!["/render"]!["post"]!;
Console.WriteLine($"openapi: {written["openapi"]}");
Console.WriteLine($"requestBody: {post["requestBody"]?.ToJsonString() ?? "none"}");
Console.WriteLine($"parameters: {post["parameters"]!.ToJsonString()}");
Console.WriteLine($"response: {post["responses"]!["200"]!["content"]!.ToJsonString()}");
Console.WriteLine($"schema: {written["components"]!["schemas"]!["Open"]!.ToJsonString()}");
EOF

cat > expected <<'EOF'
openapi: 3.0.0
requestBody: none
parameters: [{"type":"file","name":"image","in":"formData","required":true,"additionalProperties":false}]
response: {"application/octet-stream":{"schema":{"type":"file","additionalProperties":false}}}
schema: {"type":"object","additionalProperties":false,"properties":{"id":{"type":"string","additionalProperties":false}}}
EOF

echo "NSwag.Core 14.8.0, .NET SDK $(dotnet --version)"
dotnet run --project probe.csproj | tee actual
diff expected actual || { echo "The behavior has changed." >&2; exit 1; }
echo "As recorded."
