#!/usr/bin/env bash
# NSwag.Core: every member of a path item that it does not know is read as an operation with that name as its method. So "query" of OpenAPI
# 3.2 works, and a document with "additionalOperations" is refused whole, because that "operation" has no responses.
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
    <PackageReference Include="NSwag.Core" Version="14.8.0" />
  </ItemGroup>
</Project>
EOF

cat > Program.cs <<'EOF'
using NSwag;

foreach (var member in new[] { "\"query\": {\"responses\": {}}", "\"additionalOperations\": {\"PURGE\": {\"responses\": {}}}", "\"additionalOperations\": {}" })
{
    try
    {
        var document = await OpenApiDocument.FromJsonAsync(
            "{\"openapi\": \"3.2.0\", \"info\": {\"title\": \"A\", \"version\": \"1\"}, \"paths\": {\"/things\": {" + member + "}}}");
        Console.WriteLine($"{member}: {string.Join(", ", document.Operations.Select(operation => operation.Method))}");
    }
    catch (Exception exception)
    {
        Console.WriteLine($"{member}: {exception.GetType().Name}: {exception.Message}");
    }
}
EOF

cat > expected <<'EOF'
"query": {"responses": {}}: query
"additionalOperations": {"PURGE": {"responses": {}}}: JsonSerializationException: Required property 'responses' not found in JSON. Path 'paths['/things'].additionalOperations', line 1, position 135.
"additionalOperations": {}: JsonSerializationException: Required property 'responses' not found in JSON. Path 'paths['/things'].additionalOperations', line 1, position 109.
EOF

echo "NSwag.Core 14.8.0, .NET SDK $(dotnet --version)"
dotnet run --project probe.csproj | tee actual
diff expected actual || { echo "The behavior has changed." >&2; exit 1; }
echo "As recorded."
