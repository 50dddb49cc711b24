# R's nnet: the summary with its two decimals, and the lists of the fit in full, with figures of the same networks.
#
#     Rscript tests/exchange/making/with_nnet.R

library(nnet)
here <- dirname(sub("--file=", "", grep("--file=", commandArgs(FALSE), value = TRUE)))
files <- file.path(here, "..", "files")
samples <- read.csv(file.path(files, "samples.csv"))
samples$kind <- factor(c("iris", "lily", "rose")[samples$label + 1])
samples$yes <- factor(ifelse(samples$label == 2, "yes", "no"))
X <- as.matrix(samples[, c("x0", "x1", "x2")])

set.seed(1)
fits <- list(
  "nnet-classes" = nnet(kind ~ x0 + x1 + x2, samples, size = 4, decay = 0.01, maxit = 60, trace = FALSE),
  "nnet-yes" = nnet(yes ~ x0 + x1 + x2, samples, size = 2, decay = 0.01, maxit = 60, trace = FALSE),
  "nnet-number" = nnet(X, samples$y, size = 3, linout = TRUE, decay = 0.001, maxit = 60, trace = FALSE),
  "nnet-skip" = nnet(X, samples$y, size = 2, linout = TRUE, skip = TRUE, decay = 0.001, maxit = 60, trace = FALSE),
  "nnet-linear" = nnet(kind ~ x0 + x1 + x2, samples, size = 0, skip = TRUE, decay = 0.01, trace = FALSE)
)

numbers <- function(x) paste0("[", paste(format(x, digits = 17, trim = TRUE), collapse = ","), "]")
rows <- function(M) paste0("[", paste(apply(M, 1, numbers), collapse = ","), "]")
yes <- as.numeric(samples$yes == "yes")

# The mean loss as a function of the weights, and its derivative by the five points of the fourth order.
mean_loss <- function(fit, loss, targets, wts) {
  fit$wts <- wts
  p <- predict(fit, if (is.null(fit$terms)) X else samples, type = "raw")
  if (loss == "cross_entropy") return(-mean(log(p[cbind(1:nrow(X), targets + 1)])))
  if (loss == "binary_cross_entropy") return(-mean(targets * log(p) + (1 - targets) * log(1 - p)))
  mean((p - targets)^2)
}
derivative <- function(f, w) sapply(seq_along(w), function(k) {
  h <- 1e-3
  at <- function(d) { v <- w; v[k] <- v[k] + d; f(v) }
  (8 * (at(h) - at(-h)) - (at(2 * h) - at(-2 * h))) / (12 * h)
})

told <- c()
for (name in names(fits)) {
  fit <- fits[[name]]
  loss <- c("nnet-classes" = "cross_entropy", "nnet-linear" = "cross_entropy", "nnet-yes" = "binary_cross_entropy")[name]
  if (is.na(loss)) loss <- "squared_error"
  targets <- if (loss == "cross_entropy") samples$label else if (loss == "squared_error") samples$y else yes
  writeLines(capture.output(summary(fit)), file.path(files, paste0(name, ".txt")))
  dput(unclass(fit)[c("n", "nconn", "conn", "nsunits", "wts", "softmax", "entropy", "lev", "coefnames")],
       file.path(files, paste0(name, ".R")), control = c("niceNames", "digits17"))
  outputs <- predict(fit, if (is.null(fit$terms)) X else samples, type = "raw")
  f <- function(wts) mean_loss(fit, loss, targets, wts)
  ys <- if (loss == "cross_entropy") paste0("[", paste(targets, collapse = ","), "]") else rows(matrix(targets, ncol = 1))
  told <- c(told, paste0('"', name, '.R":{"loss":"', loss, '","targets":', ys, ',"outputs":', rows(unname(outputs)),
    ',"L":', format(f(fit$wts), digits = 17), ',"dL_dwts":', numbers(derivative(f, fit$wts)), "}"))
}
versions <- paste0('{"R":"', getRversion(), '","nnet":"', packageVersion("nnet"), '"}')
writeLines(paste0('{"versions":', versions, ',"files":{', paste(told, collapse = ",\n"), "}}"), file.path(files, "nnet.json"))
