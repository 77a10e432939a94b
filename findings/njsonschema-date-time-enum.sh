#!/usr/bin/env bash
# NJsonSchema reads an ISO date-time in an enum as a date and then refuses the very value that the schema lists; a
# date without a time is compared as text and accepted.
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
using NJsonSchema;

foreach (var value in new[] { "2024-01-01T00:00:00Z", "2024-01-01" })
{
    var schema = await JsonSchema.FromJsonAsync($$"""{"type":"string","enum":["{{value}}"]}""");
    var errors = schema.Validate($"\"{value}\"");
    Console.WriteLine($"{value}: {(errors.Count == 0 ? "valid" : string.Join(", ", errors.Select(error => error.Kind)))}");
}
EOF

cat > expected <<'EOF'
2024-01-01T00:00:00Z: NotInEnumeration
2024-01-01: valid
EOF

echo "NJsonSchema 11.6.2, .NET SDK $(dotnet --version)"
dotnet run --project probe.csproj | tee actual
diff expected actual || { echo "The behavior has changed." >&2; exit 1; }
echo "As recorded."
