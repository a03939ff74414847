namespace Nabla.Lessons;

/// <summary>What the lessons say to answers, each text in both languages beside the other.</summary>
internal static class Feedback
{
    public static readonly BilingualText AskValue = new("value of {0}", "{0}의 값");
    public static readonly BilingualText AskLocal = new("local gradient {0}", "국소 기울기 {0}");
    public static readonly BilingualText AskUpstream = new("upstream gradient at {1}: {0}", "{1}에 도착하는 상류 기울기 {0}");
    public static readonly BilingualText AskDownstream = new("downstream gradient {0}", "하류 기울기 {0}");
    public static readonly BilingualText AskShare = new("downstream gradient that {2} hands to {1}", "{2}에서 {1}(으)로 내려가는 하류 기울기");

    public static readonly BilingualText Right = new("Right.", "맞습니다.");
    public static readonly BilingualText TheChoiceIs = new("The answer is: {0}. {1}", "정답은 '{0}'입니다. {1}");
    public static readonly BilingualText NotAnswered = new("Not answered yet.", "아직 답하지 않았습니다.");
    public static readonly BilingualText NoSuchChoice = new("That is none of the choices; name one of them.", "보기에 없는 답입니다. 보기 가운데 하나를 골라 주세요.");
    public static readonly BilingualText NotThatChoice = new(
        "Not this one. Read the lesson's graph or table again and try once more.",
        "아닙니다. 그래프나 표를 다시 보고 한 번 더 골라 보세요.");

    public static readonly BilingualText NotANumber = new(
        "'{0}' is not a number; write something like -4, 0.25 or 1/3.",
        "'{0}'을(를) 수로 읽을 수 없습니다. -4, 0.25, 1/3처럼 써 주세요.");
    public static readonly BilingualText Comma = new(
        "The decimal mark is a point here: write 0.25, and 1000 without a comma.",
        "소수점은 쉼표가 아니라 점으로 씁니다. 0.25처럼, 1000은 쉼표 없이 써 주세요.");
    public static readonly BilingualText TooCoarse = new(
        "Close, but rounded too far or slightly off; give a few more digits.",
        "거의 맞지만 너무 많이 반올림했거나 조금 어긋났습니다. 몇 자리 더 써 주세요.");

    public static readonly BilingualText ValueWrong = new(
        "Follow the edges into {0} and do its one local computation: {1}.",
        "{0}(으)로 들어오는 에지를 따라가 국소적 계산 하나만 하면 됩니다: {1}.");
    public static readonly BilingualText ValueSign = new("The size is right, the sign is not.", "크기는 맞는데 부호가 다릅니다.");
    public static readonly BilingualText AddedForProduct = new("You added; this node multiplies.", "더하셨네요. 이 노드는 곱셈을 합니다.");
    public static readonly BilingualText MultipliedForSum = new("You multiplied; this node adds.", "곱하셨네요. 이 노드는 덧셈을 합니다.");
    public static readonly BilingualText ChoseOther = new("You took the smaller input; max passes on the larger one.", "작은 쪽을 고르셨네요. max는 큰 쪽을 내보냅니다.");
    public static readonly BilingualText DoubledForSquare = new("You doubled; this node squares.", "두 배를 하셨네요. 이 노드는 제곱을 합니다.");

    public static readonly BilingualText LocalWrong = new(
        "Look at this gate alone, {0}: how fast does its output change when only {1} changes?",
        "이 게이트 {0}만 보세요. {1}만 변할 때 출력은 얼마나 빨리 변할까요?");
    public static readonly BilingualText LocalSign = new(
        "The size of the local gradient is right, its sign is not.", "국소 기울기의 크기는 맞는데 부호가 다릅니다.");
    public static readonly BilingualText LocalHasUpstream = new(
        "That is local × upstream already. The local gradient asks about this gate alone, before anything comes back.",
        "그것은 이미 상류 기울기까지 곱한 값입니다. 국소 기울기는 되돌아오는 것과 상관없이 이 게이트 하나만 봅니다.");
    public static readonly BilingualText LocalIsValue = new(
        "That is the gate's value, not how fast the value changes.", "그것은 게이트의 값입니다. 값이 얼마나 빨리 변하는지를 물었습니다.");

    public static readonly BilingualText Swap = new(
        "you used the input's own value; a multiply gate swaps: the local gradient is the other input",
        "자기 자신의 값을 쓰셨습니다. 곱셈 게이트는 서로 바꿉니다. 국소 기울기는 다른 쪽 입력의 값입니다");
    public static readonly BilingualText AddIsOne = new(
        "an add gate hands its upstream gradient on unchanged: its local gradient is 1, whatever the values are",
        "덧셈 게이트는 상류 기울기를 그대로 전합니다. 값이 무엇이든 국소 기울기는 1입니다");
    public static readonly BilingualText MinusIsMinusOne = new(
        "what is subtracted has the local gradient −1", "빼는 쪽 입력의 국소 기울기는 −1입니다");
    public static readonly BilingualText FactorNotValue = new(
        "the local gradient of multiplying by a constant is that constant, not the input", "상수를 곱하는 게이트의 국소 기울기는 입력값이 아니라 그 상수입니다");
    public static readonly BilingualText ReciprocalSquare = new(
        "the local gradient of 1/x is −1/x²; the square is missing", "1/x의 국소 기울기는 −1/x²입니다. 제곱이 빠졌습니다");
    public static readonly BilingualText ExpIsOutput = new(
        "the local gradient of exp is its own output, not its input", "exp의 국소 기울기는 입력이 아니라 자기 자신의 출력입니다");
    public static readonly BilingualText LogIsReciprocal = new(
        "the local gradient of log is 1 divided by its input", "log의 국소 기울기는 1을 입력으로 나눈 값입니다");
    public static readonly BilingualText SigmoidIsProduct = new(
        "the local gradient of a sigmoid is y·(1 − y), both factors, with y its output",
        "시그모이드의 국소 기울기는 출력 y로 쓴 y·(1 − y)입니다. 두 인수가 모두 필요합니다");
    public static readonly BilingualText ReluIsSlope = new(
        "the local gradient of ReLU is a slope, 1 or 0, and not a value", "ReLU의 국소 기울기는 값이 아니라 기울어진 정도, 곧 1 또는 0입니다");
    public static readonly BilingualText SquareIsTwice = new(
        "the local gradient of u² is 2·u: twice the input", "u²의 국소 기울기는 2·u, 곧 입력의 두 배입니다");
    public static readonly BilingualText MaxRoutes = new(
        "max routes: the larger input receives all of it, the other one nothing", "max는 한쪽으로만 보냅니다. 큰 쪽이 전부 받고 다른 쪽은 0을 받습니다");

    public static readonly BilingualText UpstreamRightLocalWrong = new(
        "The upstream gradient is right, the local gradient is not: {0}.", "상류 기울기는 맞는데 국소 기울기가 다릅니다: {0}.");
    public static readonly BilingualText LocalOnly = new(
        "That is the local gradient alone; the upstream gradient {0} is still to be multiplied in.",
        "그것은 국소 기울기뿐입니다. 상류 기울기 {0}도 곱해야 합니다.");
    public static readonly BilingualText UpstreamOnly = new(
        "That is the upstream gradient alone; the local gradient {0} is still to be multiplied in.",
        "그것은 상류 기울기뿐입니다. 국소 기울기 {0}도 곱해야 합니다.");
    public static readonly BilingualText Sign = new(
        "The size is right, the sign is not: check the signs of both factors.", "크기는 맞는데 부호가 다릅니다. 두 인수의 부호를 확인해 보세요.");
    public static readonly BilingualText WrongUpstream = new(
        "The local gradient is right, but the upstream gradient is the one at {0}; take the one that arrives at {1}.",
        "국소 기울기는 맞지만 {0}의 상류 기울기를 쓰셨습니다. {1}에 도착하는 상류 기울기를 쓰세요.");
    public static readonly BilingualText AddedFactors = new(
        "You added the two factors; the chain rule multiplies them.", "두 인수를 더하셨네요. 연쇄 법칙은 두 인수를 곱합니다.");
    public static readonly BilingualText FollowsUpstream = new(
        "Multiplied rightly, but with the upstream gradient you gave at {0}, which is not right yet; correct that one first.",
        "곱셈은 맞지만 아직 틀린 {0}의 상류 기울기를 쓰셨습니다. 그 칸을 먼저 고쳐 보세요.");
    public static readonly BilingualText FollowsLocal = new(
        "Multiplied rightly, but with the local gradient you gave for {0}, which is not right yet; correct that one first.",
        "곱셈은 맞지만 아직 틀린 국소 기울기 {0}의 답을 쓰셨습니다. 그 칸을 먼저 고쳐 보세요.");
    public static readonly BilingualText OneShare = new(
        "That is one share. {0} is used {1} times, and a copy is a gradient adder: add what comes back from each use.",
        "그것은 한 몫입니다. {0}의 값은 {1}번 쓰였고, 복사는 기울기 덧셈기입니다. 쓰인 곳마다 돌아오는 몫을 더하세요.");
    public static readonly BilingualText MultipliedShares = new(
        "You multiplied the shares; what comes back to a copied value is added.", "몫을 곱하셨네요. 복사된 값으로 돌아오는 기울기는 더합니다.");
    public static readonly BilingualText AveragedShares = new(
        "You took the mean of the shares; they are added, not averaged.", "몫의 평균을 내셨네요. 평균이 아니라 합입니다.");
    public static readonly BilingualText OneTerm = new(
        "That is one term. Several elements of {0} depend on this one: add local × upstream over all of them.",
        "그것은 항 하나입니다. {0}의 여러 원소가 이 값에 달려 있으므로 국소 기울기 × 상류 기울기를 모두 더하세요.");
    public static readonly BilingualText SumOfLocals = new(
        "You added the local gradients alone; each has to be multiplied by its upstream gradient first.",
        "국소 기울기만 더하셨네요. 더하기 전에 각각 상류 기울기를 곱해야 합니다.");
    public static readonly BilingualText SumOfUpstreams = new(
        "You added the upstream gradients alone; each has to be multiplied by its local gradient first.",
        "상류 기울기만 더하셨네요. 더하기 전에 각각 국소 기울기를 곱해야 합니다.");
    public static readonly BilingualText Untransposed = new(
        "You multiplied by the matrix as it stands in the forward pass; backward it goes transposed.",
        "순전파에 쓴 행렬을 그대로 곱하셨네요. 역전파에서는 전치한 행렬을 곱합니다.");
    public static readonly BilingualText StartsWithOne = new(
        "{0} by itself changes as fast as itself: this is where the backward pass starts.",
        "{0}을(를) 자기 자신으로 미분하는 것입니다. 역전파는 여기서 시작합니다.");
    public static readonly BilingualText GradientIsValue = new(
        "That is the value of {0}, which goes forward; asked is the gradient that comes back.",
        "그것은 앞으로 가는 {0}의 값입니다. 되돌아오는 기울기를 물었습니다.");
    public static readonly BilingualText TwoFactors = new(
        "Find two factors and multiply them: the local gradient {0} and the upstream gradient {1}.",
        "두 인수를 찾아 곱해 보세요. 국소 기울기 {0}와 상류 기울기 {1}입니다.");
    public static readonly BilingualText SeveralTerms = new(
        "This is a sum of several products, one for each element of {0} that depends on it: local gradient × upstream gradient, then add.",
        "이 값에 달려 있는 {0}의 원소마다 곱이 하나씩 있습니다. 국소 기울기 × 상류 기울기를 각각 구한 뒤 더하세요.");
    public static readonly BilingualText SeveralShares = new(
        "{0} is used {1} times: work out local × upstream for each use, then add.",
        "{0}의 값은 {1}번 쓰였습니다. 쓰인 곳마다 국소 기울기 × 상류 기울기를 구한 뒤 더하세요.");
}
