#!/usr/bin/env bash
# NJsonSchema takes maxItems 0 and maxProperties 0 for no limit at all: a list that must be empty may hold anything,
# and both keywords are gone when the schema is written again. maxLength 0 is kept.
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
    <PackageReference Include="NJsonSchema" Version="11.6.2" />
  </ItemGroup>
</Project>
EOF

cat > Program.cs <<'EOF'
using System.Text.Json.Nodes;
using NJsonSchema;

foreach (var (schema, instance) in new[]
{
    ("""{"type":"array","maxItems":0}""", "[1]"),
    ("""{"type":"object","maxProperties":0}""", """{"a":1}"""),
    ("""{"type":"string","maxLength":0}""", "\"a\""),
})
{
    var read = await JsonSchema.FromJsonAsync(schema);
    var written = JsonNode.Parse(read.ToJson())!.AsObject();
    written.Remove("$schema");
    Console.WriteLine($"{schema} and {instance}: {read.Validate(instance).Count} errors, written as {written.ToJsonString()}");
}
EOF

cat > expected <<'EOF'
{"type":"array","maxItems":0} and [1]: 0 errors, written as {"type":"array"}
{"type":"object","maxProperties":0} and {"a":1}: 0 errors, written as {"type":"object"}
{"type":"string","maxLength":0} and "a": 1 errors, written as {"type":"string","maxLength":0}
EOF

echo "NJsonSchema 11.6.2, .NET SDK $(dotnet --version)"
dotnet run --project probe.csproj | tee actual
diff expected actual || { echo "The behavior has changed." >&2; exit 1; }
echo "As recorded."
