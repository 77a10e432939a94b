#!/usr/bin/env bash
# OpenAI for .NET keeps members that it does not know, and values that it does not know where its type is a struct. A
# finish_reason or a role that it does not know is thrown away together with the completion, which was paid for.
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
    <PackageReference Include="OpenAI" Version="2.15.0" />
    <PackageReference Include="System.ClientModel" Version="1.17.0" />
  </ItemGroup>
</Project>
EOF

cat > Program.cs <<'EOF'
using System.ClientModel;
using System.ClientModel.Primitives;
using System.Net;
using System.Text;
using OpenAI;
using OpenAI.Chat;
using OpenAI.Images;

var image = ModelReaderWriter.Read<GeneratedImageCollection>(BinaryData.FromString(
    """{"created":1,"data":[{"b64_json":"AAAA"}],"quality":"ultra","of_the_future":7}"""));
Console.WriteLine($"image: {ModelReaderWriter.Write(image)}");

foreach (var (finish, role) in new[] { ("stop", "assistant"), ("budget", "assistant"), ("stop", "narrator") })
{
    var json = $$$"""
        {"id":"a","object":"chat.completion","created":1,"model":"m",
         "choices":[{"index":0,"finish_reason":"{{{finish}}}","message":{"role":"{{{role}}}","content":"The text."}}]}
        """;
    var options = new OpenAIClientOptions { Transport = new HttpClientPipelineTransport(new HttpClient(new Network(json))) };
    try
    {
        var completion = await new ChatClient("m", new ApiKeyCredential("key"), options).CompleteChatAsync("Write a text.");
        Console.WriteLine($"{finish}, {role}: {completion.Value.Content[0].Text}");
    }
    catch (Exception exception)
    {
        Console.WriteLine($"{finish}, {role}: {exception.GetType().Name}, {(exception.ToString().Contains("The text.") ? "with" : "without")} the text");
    }
}

sealed class Network(string json) : HttpMessageHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(json, Encoding.UTF8, "application/json") });
}
EOF

cat > expected <<'EOF'
image: {"created":1,"data":[{"b64_json":"AAAA"}],"quality":"ultra","of_the_future":7}
stop, assistant: The text.
budget, assistant: ArgumentOutOfRangeException, without the text
stop, narrator: ArgumentOutOfRangeException, without the text
EOF

echo "OpenAI 2.15.0, System.ClientModel 1.17.0, .NET SDK $(dotnet --version)"
dotnet run --project probe.csproj | tee actual
diff expected actual || { echo "The behavior has changed." >&2; exit 1; }
echo "As recorded."
