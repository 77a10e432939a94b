#!/usr/bin/env bash
# NSwag.CodeGeneration.CSharp: a response for a range of statuses, such as 4XX, which OpenAPI allows, is written into the C# as it is, which
# is not valid C#.
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
    <PackageReference Include="NSwag.CodeGeneration.CSharp" Version="14.8.0" />
    <PackageReference Include="Microsoft.CodeAnalysis.CSharp" Version="5.0.0" />
  </ItemGroup>
</Project>
EOF

cat > Program.cs <<'EOF'
using Microsoft.CodeAnalysis.CSharp;
using NSwag;
using NSwag.CodeGeneration.CSharp;

foreach (var status in new[] { "400", "4XX" })
{
    var document = await OpenApiDocument.FromJsonAsync($$"""
        {"openapi": "3.0.3", "info": {"title": "A", "version": "1"}, "paths": {"/things": {"get": {"operationId": "list", "responses": {
         "200": {"description": "ok", "content": {"application/json": {"schema": {"type": "string"} } } },
         "{{status}}": {"description": "wrong", "content": {"application/json": {"schema": {"type": "string"} } } } } } } } }
        """);
    var code = new CSharpClientGenerator(document, new CSharpClientGeneratorSettings { ClassName = "Client" }).GenerateFile();
    var errors = CSharpSyntaxTree.ParseText(code).GetDiagnostics().Select(one => one.Id).Distinct();
    var line = code.Split('\n').First(one => one.Contains("status_ == 4")).Trim();
    Console.WriteLine($"{status}: {line}, syntax errors: {string.Join(" ", errors)}");
}
EOF

cat > expected <<'EOF'
400: if (status_ == 400), syntax errors: 
4XX: if (status_ == 4XX), syntax errors: CS1026 CS1002 CS1513 CS8641 CS1003 CS1525
EOF

echo "NSwag.CodeGeneration.CSharp 14.8.0, Microsoft.CodeAnalysis.CSharp 5.0.0, .NET SDK $(dotnet --version)"
dotnet run --project probe.csproj | tee actual
diff expected actual || { echo "The behavior has changed." >&2; exit 1; }
echo "As recorded."
