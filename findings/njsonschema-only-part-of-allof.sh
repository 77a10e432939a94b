#!/usr/bin/env bash
# NJsonSchema takes a schema whose allOf (or oneOf) has a single reference for the schema referred to: a maxLength or required beside it constrains nothing.
# The usual form of generated OpenAPI 3.0, {"allOf":[{"$ref":…}],"description":…}, is not affected; one with a constraint beside it is.
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
  </PropertyGroup>
  <ItemGroup>
    <PackageReference Include="NJsonSchema" Version="11.6.2" />
  </ItemGroup>
</Project>
EOF

cat > Program.cs <<'EOF'
using NJsonSchema;

const string Definitions = """
    "definitions":{"Text":{"type":"string"},"Person":{"type":"object","properties":{"name":{"type":"string"}}}}
    """;

await ValidateAsync("""{"properties":{"a":{"allOf":[{"$ref":"#/definitions/Text"}],"maxLength":3}},""", """{"a":"abcd"}""");
await ValidateAsync("""{"properties":{"a":{"oneOf":[{"$ref":"#/definitions/Text"}],"maxLength":3}},""", """{"a":"abcd"}""");
await ValidateAsync("""{"properties":{"a":{"allOf":[{"$ref":"#/definitions/Person"}],"required":["age"]}},""", """{"a":{}}""");
await ValidateAsync("""{"properties":{"a":{"allOf":[{"$ref":"#/definitions/Text"},{}],"maxLength":3}},""", """{"a":"abcd"}""");
await ValidateAsync("""{"properties":{"a":{"anyOf":[{"$ref":"#/definitions/Text"},{"type":"null"}],"maxLength":3}},""", """{"a":"abcd"}""");

async Task ValidateAsync(string schema, string value)
{
    var errors = (await JsonSchema.FromJsonAsync(schema + Definitions + "}")).Validate(value);
    Console.WriteLine($"{schema.TrimEnd(',')[15..^1]}: {value} is {(errors.Count == 0 ? "valid" : string.Join(", ", errors.Select(error => error.Kind)))}");
}
EOF

cat > expected <<'EOF'
"a":{"allOf":[{"$ref":"#/definitions/Text"}],"maxLength":3}: {"a":"abcd"} is valid
"a":{"oneOf":[{"$ref":"#/definitions/Text"}],"maxLength":3}: {"a":"abcd"} is valid
"a":{"allOf":[{"$ref":"#/definitions/Person"}],"required":["age"]}: {"a":{}} is valid
"a":{"allOf":[{"$ref":"#/definitions/Text"},{}],"maxLength":3}: {"a":"abcd"} is StringTooLong
"a":{"anyOf":[{"$ref":"#/definitions/Text"},{"type":"null"}],"maxLength":3}: {"a":"abcd"} is StringTooLong
EOF

echo "NJsonSchema 11.6.2, .NET SDK $(dotnet --version)"
dotnet run --project probe.csproj | tee actual
diff expected actual || { echo "The behaviour has changed." >&2; exit 1; }
echo "As recorded."
