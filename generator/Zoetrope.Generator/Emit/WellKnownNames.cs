namespace Zoetrope.Generator.Emit;

/// <summary>The types of Zoetrope's packages that generated code names.</summary>
internal static class WellKnownNames
{
    public const string MediaClient = "global::Zoetrope.Clients.MediaClient";
    public const string ModelClient = "global::Zoetrope.Clients.ModelClient";

    public const string ProviderDescription = "global::Zoetrope.Clients.ProviderDescription";

    public const string CodeGen = "global::Zoetrope.CodeGen";
    public const string CodeGenJobs = CodeGen + ".Jobs";
    public const string CodeGenWebhooks = CodeGen + ".Webhooks";
    public const string JsonContainers = CodeGen + ".JsonContainers";
    public const string JsonPayload = CodeGen + ".JsonPayload";
    public const string JsonRead = CodeGen + ".JsonRead";
    public const string JsonReadLists = CodeGen + ".JsonReadLists";
    public const string JsonUnion = CodeGen + ".JsonUnion";
    public const string JsonWrite = CodeGen + ".JsonWrite";
    public const string KnownMembers = CodeGen + ".KnownMembers";
    public const string KnownValues = CodeGen + ".KnownValues";
    public const string NeutralMap = CodeGen + ".Results.NeutralMap";
    public const string ResultMapping = CodeGen + ".Results.ResultMapping";
    public const string UnwrappedResult = CodeGen + ".Results.UnwrappedResult";
    public const string CostRules = CodeGen + ".Costs.CostRules";
    public const string ItemFormat = CodeGen + ".Operations.ItemFormat";
    public const string EventData = CodeGen + ".Operations.EventData";
    public const string OperationCall = CodeGen + ".Operations.OperationCall";
    public const string PageMembers = CodeGen + ".Operations.PageMembers";
    public const string PagePosition = CodeGen + ".Operations.PagePosition";
    public const string CallParameterStyle = CodeGen + ".Operations.ParameterStyle";

    public const string CostEstimate = "global::Zoetrope.Costs.CostEstimate";
    public const string MeasuredRequest = "global::Zoetrope.Costs.IMeasuredRequest";
    public const string PricedRequest = "global::Zoetrope.Costs.IPricedRequest";
    public const string ProviderPrice = "global::Zoetrope.Costs.ProviderPrice";

    public const string FailureKind = "global::Zoetrope.Errors.FailureKind";
    public const string MissingKeyException = "global::Zoetrope.Errors.MissingKeyException";
    public const string NotModifiedException = "global::Zoetrope.Errors.NotModifiedException";
    public const string ServiceException = "global::Zoetrope.Errors.ServiceException";

    public const string HttpTypes = "global::Zoetrope.Http";
    public const string ApiKeyLocation = "global::Zoetrope.Http.ApiKeyLocation";

    public const string JobTypes = "global::Zoetrope.Jobs";
    public const string JobHandle = JobTypes + ".JobHandle";
    public const string JobMetrics = JobTypes + ".JobMetrics";
    public const string JobState = JobTypes + ".JobState";

    public const string ExtraProperties = "global::Zoetrope.Json.ExtraProperties";
    public const string IJsonModel = "global::Zoetrope.Json.IJsonModel";
    public const string JsonModel = "global::Zoetrope.Json.JsonModel";
    public const string JsonModelConverter = "global::Zoetrope.Json.JsonModelConverter";
    public const string JsonWriter = "global::Zoetrope.Json.JsonWriter";
    public const string MissingMember = "global::Zoetrope.Json.MissingMember";
    public const string RawJson = "global::Zoetrope.Json.RawJson";

    public const string Media = "global::Zoetrope.Media";

    public const string IModelRequest = "global::Zoetrope.Models.IModelRequest";
    public const string ModelEndpoint = "global::Zoetrope.Models.ModelEndpoint";
    public const string ModelInfo = "global::Zoetrope.Models.ModelInfo";
    public const string ParameterInfo = "global::Zoetrope.Models.ParameterInfo";

    public const string ApiClient = "global::Zoetrope.Operations.ApiClient";
    public const string ApiClientOptions = "global::Zoetrope.Operations.ApiClientOptions";
    public const string ApiDefinition = "global::Zoetrope.Operations.ApiDefinition";
    public const string CallOptions = "global::Zoetrope.Operations.CallOptions";
    public const string ResponseHeaders = "global::Zoetrope.Operations.ResponseHeaders";
    public const string StreamingResponse = "global::Zoetrope.Operations.StreamingResponse";

    public const string ProviderTypes = "global::Zoetrope.Providers";
    public const string JobProtocol = ProviderTypes + ".JobProtocol";
    public const string ProtocolJson = ProviderTypes + ".ProtocolJson";

    public const string ModelRoute = "global::Zoetrope.Routing.ModelRoute";
    public const string ModelPrice = "global::Zoetrope.Routing.ModelPrice";
    public const string PriceUnit = "global::Zoetrope.Routing.PriceUnit";
    public const string NeutralModel = "global::Zoetrope.Routing.NeutralModel";
    public const string RoutedModel = "global::Zoetrope.Routing.RoutedModel";

    public const string UploadTypes = "global::Zoetrope.Uploads";
    public const string UploadFileOr = UploadTypes + ".UploadFileOr";

    public const string IValidatable = "global::Zoetrope.Validation.IValidatable";
    public const string UrlKinds = "global::Zoetrope.Validation.UrlKinds";
    public const string ValidationContext = "global::Zoetrope.Validation.ValidationContext";
    public const string ValidationRule = "global::Zoetrope.Validation.ValidationRule";

    public const string WebhookTypes = "global::Zoetrope.Webhooks";
}
