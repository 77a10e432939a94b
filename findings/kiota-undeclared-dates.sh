#!/usr/bin/env bash
# Kiota's JSON parser types undeclared members by their look. A text such as 2024-05-01 (a version, a folder, a
# prompt) becomes a point in time, and is written back with a time and the offset of the machine that ran the program.
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
    <PackageReference Include="Microsoft.Kiota.Serialization.Json" Version="2.1.6" />
  </ItemGroup>
</Project>
EOF

cat > Program.cs <<'EOF'
using System.Text.Json;
using Microsoft.Kiota.Abstractions.Serialization;
using Microsoft.Kiota.Serialization.Json;

using var document = JsonDocument.Parse("""{"version":"2024-05-01","note":"12:30"}""");
var model = new JsonParseNode(document.RootElement).GetObjectValue(_ => new Model());
Console.WriteLine($"version is read as {model.AdditionalData["version"].GetType().Name}");

using var writer = new JsonSerializationWriter();
writer.WriteObjectValue(null, model);
Console.WriteLine(new StreamReader(writer.GetSerializedContent()).ReadToEnd());

sealed class Model : IParsable, IAdditionalDataHolder
{
    public IDictionary<string, object> AdditionalData { get; set; } = new Dictionary<string, object>();

    public IDictionary<string, Action<IParseNode>> GetFieldDeserializers() => new Dictionary<string, Action<IParseNode>>();

    public void Serialize(ISerializationWriter writer) => writer.WriteAdditionalData(AdditionalData);
}
EOF

cat > expected <<'EOF'
version is read as DateTime
{"version":"2024-05-01T00:00:00+09:00","note":"12:30"}
EOF

echo "Microsoft.Kiota.Serialization.Json 2.1.6, .NET SDK $(dotnet --version)"
TZ=Asia/Tokyo dotnet run --project probe.csproj | tee actual
diff expected actual || { echo "The behavior has changed." >&2; exit 1; }
echo "As recorded."
