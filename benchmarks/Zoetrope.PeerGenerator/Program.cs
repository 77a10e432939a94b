// Writes the client that NSwag makes of an OpenAPI document, for a build to compile. NSwag's own tool is a version behind its libraries.
using NJsonSchema.CodeGeneration.CSharp;
using NSwag;
using NSwag.CodeGeneration.CSharp;

if (args is not [var path, var className, var ns, var output])
{
    Console.Error.WriteLine("usage: Zoetrope.PeerGenerator DOCUMENT CLASS NAMESPACE OUTPUT");
    return 2;
}
var document = await OpenApiDocument.FromFileAsync(path);
var settings = new CSharpClientGeneratorSettings { ClassName = className, InjectHttpClient = true, DisposeHttpClient = false };
settings.CSharpGeneratorSettings.Namespace = ns;
settings.CSharpGeneratorSettings.JsonLibrary = CSharpJsonLibrary.SystemTextJson;
settings.CSharpGeneratorSettings.GenerateNullableReferenceTypes = true;
File.WriteAllText(output, new CSharpClientGenerator(document, settings).GenerateFile());
return 0;
