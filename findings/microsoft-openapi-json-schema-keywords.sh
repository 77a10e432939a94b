#!/usr/bin/env bash
# Microsoft.OpenApi reads an OpenAPI 3.1 document without an error or a warning, and writes a numeric const as a
# string (which no longer matches the integer type) and prefixItems and unevaluatedItems inside a member named
# unrecognizedKeywords, where they constrain nothing.
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
    <PackageReference Include="Microsoft.OpenApi" Version="3.11.0" />
  </ItemGroup>
</Project>
EOF

cat > Program.cs <<'EOF'
using System.Text.Json.Nodes;
using Microsoft.OpenApi;

var result = OpenApiDocument.Parse("""
    {
      "openapi": "3.1.0", "info": { "title": "T", "version": "1" }, "paths": {},
      "components": { "schemas": {
        "Five": { "type": "integer", "const": 5 },
        "Pair": { "type": "array", "prefixItems": [{ "type": "string" }, { "type": "integer" }], "unevaluatedItems": false }
      } }
    }
    """);
Console.WriteLine($"errors: {result.Diagnostic!.Errors.Count}, warnings: {result.Diagnostic.Warnings.Count}");

using var text = new StringWriter();
result.Document!.SerializeAsV31(new OpenApiJsonWriter(text));
var schemas = JsonNode.Parse(text.ToString())!["components"]!["schemas"]!;
Console.WriteLine(schemas["Five"]!.ToJsonString());
Console.WriteLine(schemas["Pair"]!.ToJsonString());
EOF

cat > expected <<'EOF'
errors: 0, warnings: 0
{"const":"5","type":"integer"}
{"type":"array","unrecognizedKeywords":{"prefixItems":[{"type":"string"},{"type":"integer"}],"unevaluatedItems":false}}
EOF

echo "Microsoft.OpenApi 3.11.0, .NET SDK $(dotnet --version)"
dotnet run --project probe.csproj | tee actual
diff expected actual || { echo "The behavior has changed." >&2; exit 1; }
echo "As recorded."
