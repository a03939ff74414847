namespace Nabla.Views;

/// <summary>What explanations, drawings and pages say, each text in both languages beside the other.</summary>
internal static class Words
{
    public static readonly Saying ForwardPass = new("Forward pass", "순전파");
    public static readonly Saying BackwardPass = new("Backward pass", "역전파");
    public static readonly Saying ForwardLead = new("from the inputs to {0}: every node does its local computation", "입력에서 {0}까지: 노드마다 국소적 계산을 한다");
    public static readonly Saying BackwardLead = new(
        "from {0} back to the inputs: downstream gradient = local gradient × upstream gradient",
        "{0}에서 입력까지: 하류 기울기 = 국소 기울기 × 상류 기울기");

    public static readonly Saying Input = new("input", "입력");
    public static readonly Saying Parameter = new("parameter", "매개변수");
    public static readonly Saying Constant = new("constant", "상수");
    public static readonly Saying Operation = new("operation", "연산");
    public static readonly Saying Group = new("group", "묶음");

    public static readonly Saying Distributor = new("gradient distributor", "기울기 분배기");
    public static readonly Saying Multiplier = new("swap multiplier", "교환 곱셈기");
    public static readonly Saying Router = new("gradient router", "기울기 라우터");
    public static readonly Saying Adder = new("gradient adder", "기울기 덧셈기");
    public static readonly Saying Copy = new("copy", "복사");

    public static readonly Saying DistributorMeans = new(
        "every input receives the upstream gradient unchanged", "모든 입력이 상류 기울기를 그대로 받는다");
    public static readonly Saying MultiplierMeans = new(
        "each input receives the upstream gradient times the other input", "각 입력은 상류 기울기에 다른 쪽 입력을 곱한 값을 받는다");
    public static readonly Saying RouterMeans = new(
        "the input that was chosen receives all of the upstream gradient, the others 0", "선택된 입력만 상류 기울기를 받고 나머지는 0을 받는다");
    public static readonly Saying AdderMeans = new(
        "a value used more than once receives the sum of what comes back", "여러 번 쓰인 값은 돌아오는 기울기를 모두 더해 받는다");

    public static readonly Saying Value = new("value", "값");
    public static readonly Saying Gradient = new("gradient", "기울기");
    public static readonly Saying Gradients = new("Gradients", "기울기");
    public static readonly Saying Local = new("local gradient", "국소 기울기");
    public static readonly Saying Upstream = new("upstream gradient", "상류 기울기");
    public static readonly Saying Downstream = new("downstream gradient", "하류 기울기");
    public static readonly Saying Formula = new("formula", "식");
    public static readonly Saying Shape = new("shape", "모양");
    public static readonly Saying Histogram = new("histogram", "히스토그램");

    public static readonly Saying StartOne = new("{0} by itself: the backward pass starts with 1", "자기 자신에 대한 미분: 역전파는 1에서 시작한다");
    public static readonly Saying StartOnes = new(
        "{0} has {1} elements: the backward pass starts with {2}, a gradient for each", "{0}의 원소는 {1}개: 역전파는 원소마다의 기울기 {2}에서 시작한다");
    public static readonly Saying Share = new("a share of {0}", "{0}의 몫");
    public static readonly Saying SumsUp = new("used {0} times, the shares add up", "{0}번 쓰였으므로 돌아온 몫을 더한다");
    public static readonly Saying SumOverCopies = new("summed over the copies", "복사된 축을 따라 더한다");
    public static readonly Saying NoGradient = new("no gradient flows here", "기울기가 흐르지 않는다");
    public static readonly Saying NotRun = new("not run: shapes alone", "실행하지 않음: 모양만 보인다");

    public static readonly Saying CheckTitle = new(
        "Gradient check: backpropagation against central differences", "기울기 검사: 역전파와 중앙 차분의 비교");
    public static readonly Saying CheckNumeric = new("central difference", "중앙 차분");
    public static readonly Saying CheckAnalytic = new("backpropagation", "역전파");
    public static readonly Saying CheckError = new("relative error", "상대 오차");
    public static readonly Saying CheckElement = new("element", "원소");
    public static readonly Saying CheckPart = new("the first {0} of {1} elements of {2}", "{2}의 원소 {1}개 중 처음 {0}개");

    public static readonly Saying DescentTitle = new("Gradient descent, learning rate {0}", "경사하강법, 학습률 {0}");
    public static readonly Saying DescentRule = new(
        "each value moves against its gradient: new = old − learning rate × gradient", "각 값은 기울기의 반대쪽으로 간다: 새 값 = 옛 값 − 학습률 × 기울기");
    public static readonly Saying Step = new("step", "스텝");

    public static readonly Saying GraphOf = new(
        "Computational graph of {0}: {1} nodes, {2} edges", "{0}의 계산 그래프: 노드 {1}개, 에지 {2}개");
    public static readonly Saying DrawingHelp = new(
        "Green above an edge: the value that goes forward. Red below: the gradient that comes back.",
        "에지 위의 초록색은 앞으로 가는 값, 아래의 빨간색은 되돌아오는 기울기이다.");

    public static readonly Saying Nodes = new("{0} nodes, {1} edges", "노드 {0}개, 에지 {1}개");
    public static readonly Saying Rewind = new("Back to the start", "처음으로");
    public static readonly Saying StepBack = new("One step back", "한 스텝 뒤로");
    public static readonly Saying StepOn = new("One step on", "한 스텝 앞으로");
    public static readonly Saying ToTheEnd = new("To the end", "끝으로");
    public static readonly Saying Play = new("Play", "재생");
    public static readonly Saying Pause = new("Pause", "멈춤");
    public static readonly Saying Detail = new("Detail", "자세히");
    public static readonly Saying ZoomIn = new("Larger", "크게");
    public static readonly Saying ZoomOut = new("Smaller", "작게");
    public static readonly Saying ZoomFit = new("Fit", "맞춤");
    public static readonly Saying SaveSvg = new("Save SVG", "SVG 저장");
    public static readonly Saying SavePng = new("Save PNG", "PNG 저장");
    public static readonly Saying Theme = new("Light or dark", "밝게 또는 어둡게");
    public static readonly Saying Start = new("Nothing is computed yet. Step on to begin the forward pass.", "아직 계산하지 않았다. 앞으로 한 스텝 가면 순전파가 시작된다.");
    public static readonly Saying AllSteps = new("All steps as text", "모든 스텝을 글로");
    public static readonly Saying PickNode = new("Choose a node to see its numbers.", "노드를 고르면 그 수를 볼 수 있다.");
    public static readonly Saying Keys = new(
        "Keys: ← → step, Home and End, space plays; Tab and Enter choose a node.",
        "글쇠: ← → 스텝, Home과 End, 스페이스는 재생; Tab과 Enter로 노드를 고른다.");
    public static readonly Saying MoreElements = new("{0} elements: {1} to {2}, mean {3}, norm {4}", "원소 {0}개: {1}부터 {2}까지, 평균 {3}, 노름 {4}");
    public static readonly Saying NotFinite = new("{0} not finite", "유한하지 않은 원소 {0}개");
    public static readonly Saying Jacobian = new("Jacobian, a row for each input element", "야코비 행렬, 행은 입력의 원소");

    public static readonly Saying Modules = new("Modules", "모듈");
    public static readonly Saying Operations = new("Operations", "연산");
    public static readonly Saying GatesWord = new("Gates", "게이트");

    /// <summary>The name of a kind of node.</summary>
    public static Saying Of(ViewNodeKind kind) => kind switch
    {
        ViewNodeKind.Input => Input,
        ViewNodeKind.Parameter => Parameter,
        ViewNodeKind.Constant => Constant,
        ViewNodeKind.Group => Group,
        _ => Operation,
    };

    /// <summary>The name of a gate pattern and what it does; null for none.</summary>
    public static (Saying Name, Saying Means)? Of(GatePattern pattern) => pattern switch
    {
        GatePattern.GradientDistributor => (Distributor, DistributorMeans),
        GatePattern.SwapMultiplier => (Multiplier, MultiplierMeans),
        GatePattern.GradientRouter => (Router, RouterMeans),
        _ => null,
    };
}
